import path from 'node:path';
import { chooseDefaultFiles } from './compose-names.ts';
import { CORRECT, type ComposeFacts } from './infer-facts.ts';
import type { Usage } from './infer-usage.ts';
import type { Problem } from './problems.ts';

/** The compose files of a project as a guess sees them. */
export interface ComposeLandscape {
  readonly root: string;
  /** Nearest first. */
  readonly facts: readonly ComposeFacts[];
  /** How package.json and Makefile call compose. */
  readonly scriptUsages: readonly Usage[];
}

/** Files that are merged for one profile, in order, or why that cannot be. */
export interface FileChain {
  readonly facts: readonly ComposeFacts[];
  /** The command line in the last file's header that says so. */
  readonly usage: Usage | undefined;
  readonly problems: readonly Problem[];
}

/** `compose.yaml` and its override in one directory; undefined when there is none. */
export function baseIn(directory: string, { facts }: ComposeLandscape): readonly ComposeFacts[] | undefined {
  const here = facts.filter((one) => one.file.directory === directory);
  const chosen = chooseDefaultFiles(here.map((one) => path.basename(one.file.path)));
  const base = chosen.flatMap((name) => here.filter((one) => path.basename(one.file.path) === name));
  if (base.some((one) => one.file.kind.kind === 'base')) return base;
  const common = here.find((one) => one.file.kind.kind === 'named' && COMMON.has(one.file.kind.parts.join('.')));
  return common && [common];
}

/** Whether a file is what others are laid upon, and no profile of its own. */
export function isBase(one: ComposeFacts): boolean {
  return one.file.kind.kind !== 'named' || COMMON.has(one.file.kind.parts.join('.'));
}

const COMMON = new Set(['base', 'common', 'shared']);

/**
 * The chain that ends with a file: as a usage comment or a script says, else alone when it stands alone, else upon the base of
 * its directory or of the project, with the overlays that its name lists (`compose.prod.selfhosted.yaml` on `compose.prod.yaml`).
 */
export function chainTo(last: ComposeFacts, landscape: ComposeLandscape): FileChain {
  const own = last.usages.find((usage) => lastFile(usage, last, landscape) === last);
  const documented = documentedChain(last, own, landscape);
  if (documented) return { facts: documented, usage: own, problems: problemsOf(documented) };
  if (last.problems.length > 0 || last.standsAlone) return { facts: [last], usage: own, problems: last.problems };
  const base = baseBelow(last, landscape);
  if (base === undefined) return { facts: [last], usage: own, problems: [overlayAlone(last)] };
  const chain = [base, ...overlaysNamedBy(last, landscape), last];
  return { facts: chain, usage: own, problems: problemsOf(chain) };
}

function documentedChain(last: ComposeFacts, own: Usage | undefined, landscape: ComposeLandscape): readonly ComposeFacts[] | undefined {
  const fromScripts = landscape.scriptUsages.filter((usage) => lastFile(usage, undefined, landscape) === last);
  const chains = [...(own ? [filesOf(own, last, landscape)] : []), ...fromScripts.map((usage) => filesOf(usage, undefined, landscape))];
  return chains.find((chain) => chain !== undefined && (chain.length > 1 || last.standsAlone));
}

/** The files of a command line as facts; undefined when one of them is not there. */
function filesOf(usage: Usage, near: ComposeFacts | undefined, landscape: ComposeLandscape): readonly ComposeFacts[] | undefined {
  const found = usage.files.map((file) => factsFor(file, near, landscape));
  return found.length > 0 && found.every((one) => one !== undefined) ? found : undefined;
}

function lastFile(usage: Usage, near: ComposeFacts | undefined, landscape: ComposeLandscape): ComposeFacts | undefined {
  const file = usage.files.at(-1);
  return file === undefined ? (near && isBase(near) ? near : undefined) : factsFor(file, near, landscape);
}

/** Comments name files from the project's root or from their own directory. */
function factsFor(file: string, near: ComposeFacts | undefined, { root, facts }: ComposeLandscape): ComposeFacts | undefined {
  const candidates = [root, ...(near ? [near.file.directory] : [])].map((directory) => path.resolve(directory, file));
  return facts.find((one) => candidates.includes(one.file.path));
}

function baseBelow(overlay: ComposeFacts, landscape: ComposeLandscape): ComposeFacts | undefined {
  const directories = [overlay.file.directory, ...landscape.facts.map((one) => one.file.directory)];
  const bases = directories.map((directory) => baseIn(directory, landscape)?.[0]);
  return bases.find((base) => base !== undefined && base !== overlay);
}

/** `compose.prod.selfhosted.yaml` → `compose.prod.yaml` in between, where that is an overlay too. */
function overlaysNamedBy(last: ComposeFacts, { facts }: ComposeLandscape): readonly ComposeFacts[] {
  const parts = last.file.kind.kind === 'named' ? last.file.kind.parts : [];
  return parts.slice(0, -1).flatMap((_, index) => {
    const name = parts.slice(0, index + 1).join('.');
    const isStep = (one: ComposeFacts): boolean => one.file.kind.kind === 'named' && one.file.kind.parts.join('.') === name;
    return facts.filter((one) => one.file.directory === last.file.directory && isStep(one) && !one.standsAlone).slice(0, 1);
  });
}

function problemsOf(chain: readonly ComposeFacts[]): readonly Problem[] {
  return chain.flatMap((one) => one.problems);
}

function overlayAlone(overlay: ComposeFacts): Problem {
  const why = overlay.incomplete ?? 'it has no services';
  const at = { file: overlay.file.path, line: 1, column: 1 };
  if (overlay.file.kind.kind === 'base') return { at, message: `no stack can be made of this file: ${why}`, hint: CORRECT };
  return {
    at,
    message: `this is an overlay (${why}), and there is no base file to lay it upon`,
    hint: 'Add compose.yaml, or name the files of the profile in devctl.yaml (compose.files).',
  };
}
