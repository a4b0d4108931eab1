import type { Clearance } from '#domain/clearance.ts';
import { DEVCTL_LABEL, gistOfStartError } from '#domain/container.ts';
import { asDevctlError, DevctlError } from '#domain/error.ts';
import type { ActionListener } from '#domain/event.ts';
import type { Effect, Expectation, Step } from '#domain/plan.ts';
import { maskArgv } from '#domain/secrets.ts';
import { neutralise } from '#domain/text.ts';
import type { ProcessResult } from '#system/processes.ts';
import type { Context } from './context.ts';
import { describeCulprits } from './culprits.ts';
import { hostEnvironment } from './host-environment.ts';
import { executePolicy } from './policy-state.ts';
import { readReadiness, waitForServices } from './wait-for-services.ts';

/** What a step's effect needs while it runs. */
export interface StepRun {
  readonly context: Context;
  readonly clearance: Clearance;
  readonly step: Step;
  readonly listener: ActionListener;
  readonly signal: AbortSignal;
  /** File for the output of a child that may outlive devctl. */
  readonly outputFile: string;
  /** Journals the child. */
  onChild(child: { readonly pid: number; readonly startTicks: string }): Promise<void>;
}

/** What a step came to; `exitCode` only of a command whose code is the user's business. */
export interface StepOutcome {
  readonly exitCode: number | undefined;
}

type Run<K extends Effect['kind']> = (effect: Extract<Effect, { kind: K }>, run: StepRun) => Promise<StepOutcome | undefined>;

/** Carries out one effect. Throws when it fails. */
export async function executeEffect(run: StepRun): Promise<StepOutcome> {
  const execute = EFFECTS[run.step.effect.kind] as Run<Effect['kind']>;
  return (await execute(run.step.effect, run)) ?? { exitCode: undefined };
}

const EFFECTS: { readonly [K in Effect['kind']]: Run<K> } = {
  compose: runCompose,
  'compose-terminal': runInTerminal,
  'hold-volume': async ({ volume }, { context, clearance, step }) =>
    void (await (await context.engine()).createHolder(clearance, step, volume)),
  'release-volume': ({ volume }, run) => releaseHolders(volume, run),
  'remove-volume': removeVolume,
  'remove-container': removeContainer,
  recheck: ({ expect }, run) => recheck(expect, run),
  wait: waitUntilUp,
  'host-command': runOnHost,
  policy: (effect, { context }) => executePolicy(effect, context).then(() => undefined),
  approve: ({ planHash }, { context }) =>
    context
      .state()
      .then(({ approvals }) => approvals.issue(planHash))
      .then(() => undefined),
};

async function runCompose({ argv, allProfiles }: Extract<Effect, { kind: 'compose' }>, run: StepRun): Promise<undefined> {
  const { context, clearance, step, listener, signal, outputFile } = run;
  const [compose, inputs] = await Promise.all([context.compose(), context.inputs()]);
  const started: Promise<void>[] = [];
  const result = await compose.run(clearance, step, inputs, argv, {
    ...(allProfiles ? { allProfiles } : {}),
    signal,
    outputFile,
    onStart: (child) => void started.push(run.onChild(child)),
    onProgress: (progress) => listener({ event: 'progress', step: step.id, ...progress }),
    onLine: (stream, line) => listener({ event: 'output', step: step.id, stream, line: neutralise(line) }),
  });
  await Promise.all(started);
  if (signal.aborted) throw new DevctlError('cancelled', `${step.what} was interrupted.`);
  if (result.exitCode === 0) return;
  if (STARTING.has(argv[0] ?? '')) await tellCulprits(run);
  throw composeFailure(compose.commandLine(inputs, argv), result);
}

/** Compose verbs after whose failure some service did not come up. */
const STARTING = new Set(['up', 'start', 'restart']);

/** Which services failed to start, with their last words; the failure itself is told all the same when that cannot be read. */
async function tellCulprits({ context, step, listener }: StepRun): Promise<void> {
  try {
    const [engine, compose, inputs] = await Promise.all([context.engine(), context.compose(), context.inputs()]);
    const model = await compose.model(inputs);
    const readiness = await readReadiness({ engine, model, services: Object.keys(model.services) });
    const failed = readiness.filter((one) => one.state === 'failed');
    for (const line of await describeCulprits(engine, model.name, failed, 20))
      listener({ event: 'output', step: step.id, stream: 'stderr', line });
  } catch (thrown) {
    listener({ event: 'warning', message: `Why it failed cannot be read: ${asDevctlError(thrown).message}` });
  }
}

/** A compose call that failed, in its own words. What it had done until then was shown while it ran. */
function composeFailure(argv: readonly string[], result: ProcessResult): DevctlError {
  const said = neutralise(result.stderr || result.stdout)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^ ?(Container|Network|Volume) \S+ +\w+$/.test(line.trimEnd()))
    .slice(-12);
  const last = said.at(-1);
  const message = last === undefined ? `docker compose ended with ${result.exitCode ?? result.signal}` : gistOfStartError(last);
  return new DevctlError('external', message, {
    hint: hintFor(last ?? ''),
    command: { argv: maskArgv(argv), exitCode: result.exitCode, stderr: said },
  });
}

function hintFor(words: string): string {
  if (/no space left/i.test(words)) return 'Make room on the disk of the engine; docker system df shows what takes it.';
  if (/pull access denied|manifest (unknown|for)|failed to resolve|\/v2\/|No such image/i.test(words))
    return 'Check the name of the image and that its registry can be reached.';
  return 'devctl status explains each service.';
}

async function runInTerminal(
  { argv }: Extract<Effect, { kind: 'compose-terminal' }>,
  { context, clearance, step }: StepRun,
): Promise<StepOutcome> {
  const [compose, inputs] = await Promise.all([context.compose(), context.inputs()]);
  const result = await compose.runInTerminal(clearance, step, inputs, argv);
  return { exitCode: result.exitCode ?? 130 };
}

/** Stops it as the engine does, with time to end well, and removes it. */
async function removeContainer(
  { container }: Extract<Effect, { kind: 'remove-container' }>,
  { context, clearance, step }: StepRun,
): Promise<undefined> {
  const engine = await context.engine();
  await engine.stopContainer(clearance, step, container);
  await engine.removeContainer(clearance, step, container);
}

/** Releases our holder and removes the volume at once; a volume that is still in use stays, held no more. */
async function removeVolume({ volume }: Extract<Effect, { kind: 'remove-volume' }>, run: StepRun): Promise<undefined> {
  await releaseHolders(volume, run);
  await (await run.context.engine()).removeVolume(run.clearance, run.step, volume);
}

async function releaseHolders(volume: string, { context, clearance, step }: StepRun): Promise<undefined> {
  const engine = await context.engine();
  for (const holder of await engine.holders(volume)) await engine.removeContainer(clearance, step, holder.id);
}

/** The last look before data goes: the same volumes, and nobody but us on them. */
async function recheck(expect: Expectation, { context }: StepRun): Promise<undefined> {
  const engine = await context.engine();
  for (const { name, createdAt } of expect.volumes) {
    const volume = await engine.volume(name);
    if (volume?.createdAt !== createdAt) throw changed(volume ? `volume ${name} was made anew since` : `volume ${name} is gone`);
  }
  const containers = await engine.containers(undefined);
  const leftover = containers.find((one) => one.project === expect.emptied && !one.oneOff && one.labels[DEVCTL_LABEL] === undefined);
  if (leftover) throw new DevctlError('external', `Container ${leftover.name} is still there after down.`, { hint: 'devctl ps shows it.' });
  for (const container of containers.filter((one) => one.labels[DEVCTL_LABEL] === undefined)) {
    const used = container.mounts.find((mount) => mount.kind === 'volume' && expect.unused.includes(mount.source));
    if (used) throw changed(`container ${container.name} uses volume ${used.source}`);
  }
}

function changed(what: string): DevctlError {
  return new DevctlError('refused', `The stack changed since you looked: ${what}. Nothing was deleted.`, {
    hint: 'Look again and repeat the command.',
  });
}

async function waitUntilUp({ services, deadlineSeconds }: Extract<Effect, { kind: 'wait' }>, run: StepRun): Promise<undefined> {
  const { context, step, listener, signal } = run;
  const [engine, compose, inputs] = await Promise.all([context.engine(), context.compose(), context.inputs()]);
  const model = await compose.model(inputs);
  const readiness = await waitForServices({
    engine,
    model,
    services,
    deadlineSeconds,
    signal,
    clock: context.edges.clock,
    onChange: (one) => listener({ event: 'progress', step: step.id, id: one.service, text: one.detail, done: one.state !== 'waiting' }),
  });
  if (signal.aborted) throw new DevctlError('cancelled', 'Waiting was interrupted; the stack goes on starting.');
  const late = readiness.filter((one) => one.state !== 'ready');
  if (late.length === 0) return;
  for (const line of await describeCulprits(engine, model.name, readiness, 50))
    listener({ event: 'output', step: step.id, stream: 'stderr', line });
  throw new DevctlError('unhealthy', `Not up: ${late.map((one) => `${one.service} (${one.detail})`).join(', ')}.`, {
    hint: 'devctl status explains each of them.',
  });
}

async function runOnHost({ command, terminal }: Extract<Effect, { kind: 'host-command' }>, run: StepRun): Promise<StepOutcome> {
  const { context, step, listener, signal } = run;
  const [project, env] = await Promise.all([context.project(), hostEnvironment(context)]);
  const result = await context.edges.processes.run({
    file: '/bin/sh',
    args: ['-c', command],
    cwd: project.root,
    env,
    signal,
    stdin: terminal ? 'terminal' : 'ignore',
    onLine: (stream, line) => listener({ event: 'output', step: step.id, stream, line: neutralise(line) }),
  });
  if (!terminal && result.exitCode !== 0) throw new DevctlError('external', `"${command}" ended with ${result.exitCode ?? result.signal}.`);
  return { exitCode: result.exitCode ?? 130 };
}
