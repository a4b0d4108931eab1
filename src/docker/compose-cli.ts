import { homedir } from 'node:os';
import type { ClearanceRegister } from '#domain/clearance.ts';
import { DevctlError } from '#domain/error.ts';
import type { Files } from '#system/files.ts';
import type { Locations } from '#system/locations.ts';
import type { Processes, ProcessRequest, ProcessResult } from '#system/processes.ts';
import { requireCleared, requireEffect } from './cleared.ts';
import type { Compose, ComposeFacts, ComposeInputs, ComposeRunOptions } from './compose.ts';
import { buildCommandLine, buildComposeArgs } from './compose-args.ts';
import { buildComposeEnv, namesDefinedIn } from './compose-env.ts';
import { explainComposeFailure, missingDocker } from './compose-errors.ts';
import { createModelReader } from './compose-model.ts';
import { isRecreateQuestion, listenToOutput, readableOutput } from './compose-output.ts';
import { cachedComposeVersion, readComposeVersion } from './compose-version.ts';
import { remember } from './remember.ts';

/** The edges of the compose command line. */
export interface ComposeEdges {
  readonly processes: Processes;
  readonly files: Files;
  readonly locations: Locations;
  /** devctl's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly register: ClearanceRegister;
}

/** `docker compose`, run with every input named and an environment of its own. Cheap: nothing runs until it is asked. */
export function createCompose(edges: ComposeEdges): Compose {
  const home = edges.env.HOME ?? homedir();
  const version = remember(() => readComposeVersion({ ...edges, home }));
  const read = (inputs: ComposeInputs, argv: readonly string[], allProfiles = false): Promise<string> =>
    readOutput(edges, inputs, { argv, allProfiles, facts: version().then((one) => one.facts) });
  const models = createModelReader({
    ...edges,
    version,
    cachedVersion: () => cachedComposeVersion({ ...edges, home }),
    readConfig: (inputs, allProfiles) => read(inputs, ['config', '--format', 'json'], allProfiles),
  });
  return {
    version,
    model: (inputs, options) => models.read(inputs, options?.allProfiles ?? false),
    cachedModel: (inputs, options) => models.readCached(inputs, options?.allProfiles ?? false),
    configText: (inputs, { format, interpolate }) =>
      read(inputs, ['config', '--format', format, ...(interpolate ? [] : ['--no-interpolate'])]),
    hashes: async (inputs) => parseHashes(await read(inputs, ['config', '--hash', '*'])),
    fingerprints: models.readFingerprints,
    run: async (clearance, step, inputs, argv, options = {}) => {
      requireCleared(edges.register, clearance, step);
      requireEffect(step, step.effect.kind === 'compose' && sameWords(step.effect.argv, argv));
      return change(edges, inputs, { argv, options, facts: (await version()).facts });
    },
    runInTerminal: async (clearance, step, inputs, argv) => {
      requireCleared(edges.register, clearance, step);
      requireEffect(step, step.effect.kind === 'compose-terminal' && sameWords(step.effect.argv, argv));
      await version();
      return start(edges, inputs, { args: buildComposeArgs(inputs, argv), stdin: 'terminal' });
    },
    commandLine: buildCommandLine,
  };
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

interface Reading {
  readonly argv: readonly string[];
  readonly allProfiles: boolean;
  readonly facts: Promise<ComposeFacts>;
}

/** Standard output of a verb that changes nothing. Throws compose's own words when it fails. */
async function readOutput(edges: ComposeEdges, inputs: ComposeInputs, reading: Reading): Promise<string> {
  const { argv, allProfiles } = reading;
  const args = buildComposeArgs(inputs, argv, { allProfiles, facts: await reading.facts });
  const result = await start(edges, inputs, { args, timeoutMs: READ_TIMEOUT_MS });
  if (result.exitCode !== 0) throw explainComposeFailure(inputs, ['docker', ...args], result);
  return result.stdout;
}

interface Changing {
  readonly argv: readonly string[];
  readonly options: ComposeRunOptions;
  readonly facts: ComposeFacts;
}

async function change(edges: ComposeEdges, inputs: ComposeInputs, { argv, options, facts }: Changing): Promise<ProcessResult> {
  const { allProfiles = false, onStart, outputFile, signal } = options;
  const questions: string[] = [];
  const listen = listenToOutput(options, (line) => void (isRecreateQuestion(line) && questions.push(line)));
  const result = await start(edges, inputs, {
    args: buildComposeArgs(inputs, argv, { allProfiles, facts }),
    onLine: listen,
    ...(onStart ? { onStart } : {}),
    ...(outputFile ? { outputFile } : {}),
    ...(signal ? { signal } : {}),
  });
  if (questions[0] !== undefined) throw recreateRefused(questions[0]);
  return { ...result, stdout: readableOutput(result.stdout), stderr: readableOutput(result.stderr) };
}

function recreateRefused(question: string): DevctlError {
  return new DevctlError('external', `Compose wanted to delete and recreate a volume whose definition changed: ${question.trim()}`, {
    hint: 'Nothing was deleted, and the services still use the old volume. Change the definition back, or back up and remove the volume.',
  });
}

/** Runs the docker program with the environment of these inputs. */
async function start(
  { processes, files, env }: ComposeEdges,
  inputs: ComposeInputs,
  request: Omit<ProcessRequest, 'file' | 'cwd' | 'env'>,
): Promise<ProcessResult> {
  const texts = await Promise.all(inputs.envFiles.map((path) => files.readText(path)));
  const defined = new Set(texts.flatMap((text) => [...namesDefinedIn(text ?? '')]));
  const result = await processes.run({
    file: 'docker',
    cwd: inputs.projectDirectory,
    env: buildComposeEnv(env, inputs, defined),
    ...request,
  });
  if (result.notFound) throw missingDocker();
  return result;
}

/** Lines of `config --hash`: service and hash. */
function parseHashes(printed: string): Readonly<Record<string, string>> {
  const pairs = printed.split('\n').map((line) => line.trim().split(/\s+/));
  return Object.fromEntries(pairs.flatMap(([service, hash]) => (service && hash ? [[service, hash]] : [])));
}

const READ_TIMEOUT_MS = 60_000;
