import type { ContainerState } from '#domain/container.ts';
import { formatDuration } from '#domain/duration.ts';
import { neutralise } from '#domain/text.ts';
import { type Cause, recogniseCause } from './causes.ts';
import { meaningOfExit } from './exit-codes.ts';
import { factsOf, formatLimit } from './facts.ts';
import { describeHolder, portConflictOf, remedyFor } from './port-conflict.ts';
import { isFailing, isWell, selectServices, summarise } from './selectors.ts';
import type { Explanation, ServiceView } from './service.ts';
import type { PortHolder, SessionState } from './state.ts';

/** What an explanation is made from. */
export interface Evidence {
  readonly state: SessionState;
  /** The service's log lines, oldest first; its last ones are enough. */
  readonly lines: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Why a service is not well (or how it is), told in the order in which a person would ask. Pure. */
export function explain(view: ServiceView, evidence: Evidence): Explanation {
  const culprit = culpritOf(view);
  const lastWords = isWell(view.condition) ? [] : lastWordsOf(evidence.lines);
  const cause = causeOf(view, culprit, evidence, lastWords);
  return {
    headline: headlineOf(view, culprit, evidence.now),
    lastWords,
    likely: cause?.likely,
    next: cause?.next ?? defaultNext(view),
    facts: factsOf(view, culprit, evidence.state),
  };
}

/** The replica that the explanation is about: the worst one, by the same order as the service's condition. */
function culpritOf(view: ServiceView): ContainerState | undefined {
  const ranks = (one: ContainerState): number => {
    if (one.error !== '' || one.status === 'dead') return 0;
    if (one.oomKilled || (one.status !== 'running' && (one.exitCode ?? 0) !== 0)) return 1;
    return one.health === 'unhealthy' ? 2 : 3;
  };
  return view.containers.toSorted((a, b) => ranks(a) - ranks(b))[0];
}

function headlineOf(view: ServiceView, culprit: ContainerState | undefined, now: number): string {
  const summary = summarise(view, now);
  if (culprit?.error !== '') return summary;
  const count = culprit.restartCount;
  const restarts = count === 0 ? undefined : count === 1 ? 'restarted once' : `restarted ${count} times`;
  const seconds = (now - Date.parse(culprit.createdAt)) / 1000;
  const headline = restarts && seconds > 0 ? summary.replace(restarts, `${restarts} in ${formatDuration(seconds)}`) : summary;
  const meaning = isFailing(view.condition) && culprit.status !== 'running' ? meaningOfExit(culprit) : undefined;
  return meaning ? `${headline}: ${meaning}` : headline;
}

/** Without what runtimes print around the one line that says it: frames of a stack, brackets, carets. */
function lastWordsOf(lines: readonly string[]): readonly string[] {
  const said = lines.map((line) => neutralise(line).trimEnd()).filter((line) => line !== '');
  const telling = said.filter((line) => !STACK_NOISE.test(line));
  return (telling.length > 0 ? telling : said).slice(-8);
}

const STACK_NOISE = /^\s+at \S|^\s*[{}[\]]+,?$|^\s*\^+$|^\s*throw \w+;?$|^node:internal\/|^Node\.js v\d|^\s*requireStack: \[/;

/** A taken port, a hopeless dependency, a container killed for its memory, and only then what its words let one guess. */
function causeOf(view: ServiceView, culprit: ContainerState | undefined, evidence: Evidence, words: readonly string[]): Cause | undefined {
  if (isWell(view.condition)) return undefined;
  const conflict = culprit && portConflictOf(culprit);
  if (culprit && conflict) return portCause(conflict.port, evidence.state.portHolders[culprit.id]);
  if (view.condition === 'waiting') return blockerCause(view, evidence.state);
  if (culprit?.oomKilled) {
    const limit = view.model?.memoryLimit ? formatLimit(view.model.memoryLimit) : 'there is';
    return { likely: `it needs more memory than ${limit}`, next: `raise the memory limit of ${view.name}` };
  }
  if (view.condition === 'missing' || view.condition === 'stopped' || view.condition === 'paused') return undefined;
  const checks = culprit?.health === 'unhealthy' ? culprit.healthLog.map((check) => check.output) : [];
  return recogniseCause(culprit?.error ?? '', [...words, ...checks], view.name) ?? exitCause(view, culprit);
}

function portCause(port: number, holder: PortHolder | undefined): Cause {
  if (!holder || holder.kind === 'unknown') return { likely: `port ${port} is already taken`, next: 'publish another port' };
  return { likely: `port ${port} is taken by ${describeHolder(holder)}`, next: remedyFor(holder) };
}

/** Follows the chain of who waits for whom to the service at its root. */
function blockerCause(view: ServiceView, state: SessionState): Cause | undefined {
  const views = new Map(selectServices(state).map((one) => [one.name, one]));
  let blocker = view.waitsFor[0];
  for (let hops = 0; hops < views.size && blocker; hops++) {
    const found = views.get(blocker.service);
    if (!found) return { likely: `${blocker.service} does not exist`, next: `devctl up ${view.name}` };
    if (found.condition === 'missing' || found.condition === 'stopped') {
      return { likely: `${blocker.service} does not run`, next: `devctl up ${view.name}` };
    }
    if (isFailing(found.condition)) return { likely: `${blocker.service}: ${found.summary}`, next: `devctl logs ${blocker.service}` };
    blocker = found.waitsFor[0];
  }
  return undefined;
}

function exitCause(view: ServiceView, culprit: ContainerState | undefined): Cause | undefined {
  if (culprit?.status === 'running' || (culprit?.exitCode !== 126 && culprit?.exitCode !== 127)) return undefined;
  return { likely: meaningOfExit(culprit) ?? '', next: `correct command: of ${view.name}, or devctl rebuild ${view.name}` };
}

function defaultNext(view: ServiceView): string | undefined {
  switch (view.condition) {
    case 'missing':
      return `devctl up ${view.name}`;
    case 'stopped':
    case 'paused':
      return `devctl start ${view.name}`;
    case 'failed':
    case 'unhealthy':
    case 'restarting':
    case 'degraded':
      return `devctl logs ${view.name}`;
    default:
      return undefined;
  }
}
