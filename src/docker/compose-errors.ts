import { DevctlError, type ErrorKind, type FailedCommand } from '#domain/error.ts';
import { maskArgv, maskText } from '#domain/secrets.ts';
import { neutralise } from '#domain/text.ts';
import type { ProcessResult } from '#system/processes.ts';
import type { ComposeInputs } from './compose.ts';
import { parseJsonFailure } from './compose-progress.ts';
import { INSTALL_COMPOSE } from './versions.ts';

/** A compose call that failed, in compose's own words, with what to do about it. */
export function explainComposeFailure(inputs: ComposeInputs, argv: readonly string[], result: ProcessResult): DevctlError {
  const lines = messageLines(result.stderr || result.stdout);
  const words = lines.join('\n') || `docker compose ended with exit code ${result.exitCode ?? result.signal}`;
  const cause = causeOf(words, inputs, result);
  return new DevctlError(cause.kind, `${words}\n${describeFiles(inputs)}`, {
    hint: cause.hint,
    command: failedCommand(argv, result),
  });
}

/** The program itself is not there. */
export function missingDocker(): DevctlError {
  return new DevctlError('environment', 'There is no docker command on PATH.', {
    hint: 'Install Docker: https://docs.docker.com/get-docker/',
  });
}

/** `docker` is there, its Compose plugin is not. */
export function missingPlugin(result: ProcessResult): DevctlError {
  return new DevctlError('environment', 'docker has no compose command: the Compose plugin is missing.', {
    hint: INSTALL_COMPOSE,
    command: failedCommand(['docker', 'compose', 'version', '--short'], result),
  });
}

/** argv, exit code and last lines, masked. */
export function failedCommand(argv: readonly string[], result: ProcessResult): FailedCommand {
  const stderr = messageLines(result.stderr).slice(-LAST_LINES);
  return { argv: maskArgv(argv), exitCode: result.exitCode, stderr };
}

const LAST_LINES = 20;

interface Cause {
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
}

function causeOf(words: string, { files }: ComposeInputs, { killed }: ProcessResult): Cause {
  if (killed) return { kind: 'environment', hint: 'docker compose did not answer in time: look whether Docker is well, and try again.' };
  const envFile = /env file (\S+) not found|couldn't find env file: (\S+)/i.exec(words);
  if (envFile)
    return { kind: 'usage', hint: `${envFile[1] ?? envFile[2]} is missing: copy it from the project's template and fill it in.` };
  const composeFile = /open (\S+): no such file or directory/.exec(words);
  if (composeFile?.[1]) {
    const who = files.includes(composeFile[1]) ? 'The profile' : 'One of the files';
    return { kind: 'usage', hint: `${who} names ${composeFile[1]}, which does not exist.` };
  }
  if (/permission denied$/m.test(words) && !/socket/.test(words)) return { kind: 'usage', hint: 'Check the permissions of the file.' };
  const variable = /required variable (\S+) is missing a value/.exec(words);
  if (variable) return { kind: 'usage', hint: `Set ${variable[1]} in one of the profile's env files.` };
  if (/Cannot connect to the Docker daemon|error during connect/.test(words)) return { kind: 'environment', hint: 'Start Docker.' };
  if (/permission denied while trying to connect/i.test(words)) {
    return { kind: 'environment', hint: 'This user may not use Docker: add them to the group docker.' };
  }
  return { kind: 'usage', hint: 'Correct the file and try again.' };
}

function describeFiles({ files, envFiles, profiles }: ComposeInputs): string {
  const list = (name: string, values: readonly string[]): readonly string[] =>
    values.length > 0 ? [`  ${name}: ${values.join(', ')}`] : [];
  return [...list('files', files), ...list('env files', envFiles), ...list('profiles', profiles)].join('\n');
}

/** What compose said, warnings left out; its JSON form unpacked. */
function messageLines(output: string): readonly string[] {
  return output
    .split('\n')
    .map((line) => parseJsonFailure(line) ?? line)
    .map((line) => maskText(neutralise(line)).trimEnd())
    .filter((line) => line !== '' && !/^time="[^"]*" level=(warning|info|debug)/.test(line));
}
