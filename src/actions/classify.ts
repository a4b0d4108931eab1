import type { Risk } from '#domain/risk.ts';
import { COMPOSE_VERBS, ROOT_FLAGS, TARGET_FLAGS } from './compose-verbs.ts';
import { riskOfInnerCommand } from './inner-command.ts';
import { isOn, parseFlags } from './parse-flags.ts';

/** What devctl makes of a compose argv (without `docker compose`). */
export type Classified =
  | { readonly kind: 'verb'; readonly verb: string; readonly risk: Risk; readonly reason: string; readonly service: string | undefined }
  /** `down -v` in any spelling: the safe plan of `devctl down --volumes` takes its place. */
  | { readonly kind: 'down-volumes' }
  /** It names another stack, file set or engine than the profile's: not for pass-through. */
  | { readonly kind: 'other-target'; readonly flag: string };

/**
 * Classifies a compose argv. Verbs and flags that are known to read, to add or merely to interrupt have their risk; whatever
 * is not known counts as irrecoverable, since nobody can say what it does.
 */
export function classifyCompose(argv: readonly string[]): Classified {
  const root = parseFlags(argv, {
    switches: [...ROOT_FLAGS.switches, 'all-resources'],
    values: [...ROOT_FLAGS.values, ...TARGET_FLAGS],
    inner: true,
  });
  const target = TARGET_FLAGS.find((flag) => root.flags[flag] !== undefined);
  if (target) return { kind: 'other-target', flag: target.length === 1 ? `-${target}` : `--${target}` };
  const [verb = '', ...rest] = root.positionals;
  if (root.unknown !== undefined) return unknown(verb, `${root.unknown} is no flag that devctl knows`);
  return isOn(root.flags['dry-run'])
    ? { kind: 'verb', verb, risk: 'none', reason: 'dry run', service: undefined }
    : classifyVerb(verb, rest);
}

function classifyVerb(verb: string, rest: readonly string[]): Classified {
  const known = COMPOSE_VERBS[verb];
  if (!known) return unknown(verb, verb === '' ? 'no command' : `devctl cannot tell what "${verb}" does with these files`);
  const parsed = parseFlags(rest, known);
  if (parsed.unknown !== undefined) return unknown(verb, `devctl cannot tell what ${verb} does with ${parsed.unknown}`);
  if (verb === 'down') return classifyDown(parsed.flags, parsed.positionals);
  const [service, ...inner] = parsed.positionals;
  const risk = known.inner ? riskOfInnerCommand(inner) : known.risk;
  return { kind: 'verb', verb, risk, reason: known.inner ? 'a command inside a container' : verb, service };
}

function classifyDown(flags: Readonly<Record<string, string>>, services: readonly string[]): Classified {
  const volumes = ['volumes', 'volume', 'v'].findLast((name) => flags[name] !== undefined);
  // Both spellings share one value in compose; which came last is lost here, so any that is on counts.
  const deletes = volumes !== undefined && ['volumes', 'volume', 'v'].some((name) => isOn(flags[name]));
  if (deletes && services.length > 0)
    return unknown('down', 'down -v with services deletes other volumes than it says, depending on the version');
  if (deletes) return { kind: 'down-volumes' };
  const hasZeroTimeout = flags.timeout === '0' || flags.t === '0';
  return { kind: 'verb', verb: 'down', risk: hasZeroTimeout ? 'recreates' : 'interrupts', reason: 'down', service: undefined };
}

function unknown(verb: string, reason: string): Classified {
  return { kind: 'verb', verb, risk: 'irrecoverable', reason, service: undefined };
}
