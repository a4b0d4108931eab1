import type { Paint } from '#actions/action.ts';
import { formatPlan } from '#actions/format-plan.ts';
import { isPlanDocument } from '#actions/plan-document.ts';
import type { DevctlError, FailedCommand } from '#domain/error.ts';
import { neutralise } from '#domain/text.ts';

/** What failed, why in the tool's own words, and what to type next; a stack trace only with `verbose`. */
export function formatError(error: DevctlError, paint: Paint, verbose: boolean): readonly string[] {
  return [
    ...refusedPlan(error, paint),
    ...lines(error.message).map((line, index) => (index === 0 ? `${paint.bad('✖')} ${line}` : `  ${line}`)),
    ...(error.command ? formatCommand(error.command, error.message, paint) : []),
    ...lines(error.hint ?? '').map((line) => `  ${paint.accent('→')} ${line}`),
    ...(error.kind === 'bug' && !verbose ? [`  ${paint.dim('This is a fault in devctl. --verbose shows where.')}`] : []),
    ...(verbose ? stackOf(error).map((line) => `  ${paint.dim(line)}`) : []),
  ];
}

/** The error as `--json` prints it: the shape of the design, or the body of a refusal. */
export function errorDocument(error: DevctlError): Readonly<Record<string, unknown>> {
  const { command } = error;
  return {
    schema: 1,
    ...error.details,
    error: {
      kind: error.kind,
      message: error.message,
      hint: error.hint ?? null,
      ...(command ? { command: command.argv, exitCode: command.exitCode, stderr: command.stderr.map(neutralise) } : {}),
    },
  };
}

function refusedPlan(error: DevctlError, paint: Paint): readonly string[] {
  return error.kind === 'refused' && isPlanDocument(error.details) ? [...formatPlan(error.details, paint), ''] : [];
}

/** Lines that the message has already are not said again. */
function formatCommand(command: FailedCommand, message: string, paint: Paint): readonly string[] {
  const how = command.exitCode === null ? 'ended by a signal' : `exit code ${command.exitCode}`;
  return [
    `  ${paint.dim(`$ ${neutralise(command.argv.join(' '))}`)}`,
    `  ${paint.dim(how)}`,
    ...command.stderr
      .filter((line) => !message.includes(line.replace(/^Error response from daemon: /, '').trim()))
      .map((line) => `  ${paint.dim('│')} ${neutralise(line)}`),
  ];
}

function lines(text: string): readonly string[] {
  return text === '' ? [] : neutralise(text).split('\n');
}

function stackOf(error: Error): readonly string[] {
  const own = (error.stack ?? '').split('\n').slice(1);
  const cause = error.cause instanceof Error ? [`Caused by: ${error.cause.stack ?? error.cause.message}`] : [];
  return [...own, ...cause.flatMap((text) => text.split('\n'))].map((line) => neutralise(line).trimEnd());
}
