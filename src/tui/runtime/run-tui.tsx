import { type Instance, render, useApp } from 'ink';
import { type ReactElement, useLayoutEffect } from 'react';
import { neutralise } from '#domain/text.ts';
import { App } from '../app.tsx';
import { createChangeRunner } from '../changes.ts';
import type { TuiOptions } from '../host.ts';
import { allCommands } from '../keymap.ts';
import type { Size } from '../layout.ts';
import { createUiStore, pushMode, type UiStore } from '../store.ts';
import { themeFor, themeOf } from '../theme.ts';
import type { Control, Tui } from '../tui.ts';
import { watchSelection } from '../watching.ts';
import { line } from '../widgets/line.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { CLEAR_SCREEN, copySequence, WRAP_OFF } from './sequences.ts';
import { createShutdown, type Shutdown } from './shutdown.ts';
import { StdinProxy } from './stdin-proxy.ts';
import { createSuspender, type Suspender } from './suspend.ts';
import type { Terminal } from './terminal.ts';

/** Runs the terminal UI until it is left; gives the exit code. An error inside is printed once the screen is restored. */
export async function runTui(options: TuiOptions): Promise<number> {
  const { terminal } = options;
  await firstFacts(options);
  const shutdown = createShutdown(terminal);
  const ui = createUiStore(options.stack, sizeOf(terminal), allCommands([]));
  const runtime: Runtime = { suspender: undefined, redraw: () => undefined };
  const tui = createTui(options, ui, { runtime, shutdown });
  showNotices(tui);
  const stopResize = followSize(terminal, ui);
  const stopWatching = watchSelection(tui);
  const instance = show(tui, { runtime, shutdown });
  const detach = options.lender.attach((run) => tui.control.lend(run));
  loadCommands(tui, shutdown);
  const ending = await shutdown.ended;
  detach();
  stopResize();
  stopWatching();
  runtime.suspender?.dispose();
  await leave(instance);
  terminal.stdin.setRawMode?.(false);
  shutdown.restore();
  if (ending.error) terminal.stderr.write(`${ending.error.stack ?? ending.error.message}\n`);
  await ui.getState().stack.session.stop();
  return ending.exitCode;
}

/** A frame costs more than a short wait, and one that shows the services at once is the one that people wait for. */
async function firstFacts({ stack }: TuiOptions): Promise<void> {
  await Promise.race([stack.session.ready, stack.context.edges.clock.sleep(PATIENCE_MS)]);
}

const PATIENCE_MS = 150;

/** What exists only once Ink has drawn. */
interface Runtime {
  suspender: Suspender | undefined;
  redraw: () => void;
}

interface Parts {
  readonly runtime: Runtime;
  readonly shutdown: Shutdown;
}

function createTui(options: TuiOptions, ui: UiStore, parts: Parts): Tui {
  const { env } = options.terminal;
  const fromEnv = themeFor(env);
  return {
    options,
    ui,
    theme: options.theme ? { ...fromEnv, looks: themeOf(options.theme, false).looks } : fromEnv,
    clock: options.stack.context.edges.clock,
    changes: createChangeRunner(),
    control: createControl(options.terminal, parts),
    measured: { details: { content: 0, visible: 1 }, dialog: { content: 0, visible: 1 }, listRows: 1, detailText: [], dialogText: [] },
    screenReader: env.INK_SCREEN_READER === 'true',
  };
}

function createControl(terminal: Terminal, { runtime, shutdown }: Parts): Control {
  return {
    redraw: () => runtime.redraw(),
    suspend: () => runtime.suspender?.stop(),
    quit: (exitCode) => shutdown.end({ exitCode }),
    copy: (text) => void terminal.stdout.write(copySequence(text)),
    lend: (run) => (runtime.suspender ? runtime.suspender.lend(run) : run()),
  };
}

/** Mounts the UI with the render options that the measurements decided (reference: ink §1.3, §7). */
function show(tui: Tui, { runtime, shutdown }: Parts): Instance {
  const { terminal } = tui.options;
  const hangUp = (): void => shutdown.end({ exitCode: 129 });
  const stdin = new StdinProxy(terminal.stdin, () => undefined, hangUp);
  const fail = (error: Error): void => shutdown.end({ exitCode: 1, error });
  const tree = (
    <ErrorBoundary onError={fail}>
      <Suspending terminal={terminal} runtime={runtime} />
      <App tui={tui} />
    </ErrorBoundary>
  );
  // Ink takes raw mode some time after the first frame; a key before that would be echoed, and Ctrl-Z would stop us half drawn.
  stdin.setRawMode(true);
  const instance = render(tree, {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: terminal.stdout,
    stderr: terminal.stderr,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
  });
  terminal.stdout.write(WRAP_OFF);
  instance.waitUntilExit().then(
    () => shutdown.end({ exitCode: 0 }),
    (thrown: unknown) => fail(thrown instanceof Error ? thrown : new Error(String(thrown))),
  );
  runtime.redraw = () => {
    terminal.stdout.write(CLEAR_SCREEN);
    instance.clear();
    instance.rerender(
      <ErrorBoundary onError={fail}>
        {[<Suspending key="suspending" terminal={terminal} runtime={runtime} />, <App key="app" tui={tui} />]}
      </ErrorBoundary>,
    );
  };
  return instance;
}

/** Ink gives its way of suspending to components only. In a layout effect: a Ctrl-Z right after the first frame must find it. */
function Suspending(props: { readonly terminal: Terminal; readonly runtime: Runtime }): ReactElement | null {
  const { suspendTerminal } = useApp();
  useLayoutEffect(() => {
    props.runtime.suspender = createSuspender(props.terminal, suspendTerminal);
  }, [props.terminal, props.runtime, suspendTerminal]);
  return null;
}

async function leave(instance: Instance): Promise<void> {
  instance.unmount();
  // Rejects with the error that ended it; that one is told elsewhere.
  await instance.waitUntilExit().catch(() => undefined);
}

function loadCommands(tui: Tui, shutdown: Shutdown): void {
  tui.options.loadActions().then(
    (actions) => tui.ui.setState({ commands: allCommands(actions) }),
    (thrown: unknown) => shutdown.end({ exitCode: 1, error: thrown instanceof Error ? thrown : new Error(String(thrown)) }),
  );
}

/** Nobody may miss that something was finished or rolled back for them. */
function showNotices({ ui, options }: Tui): void {
  const lines = (options.notices ?? []).map((notice) => line(neutralise(notice)));
  if (lines.length > 0) pushMode(ui, { kind: 'inspect', title: 'A change was cut short; devctl settled it', lines, scroll: 0 });
}

function followSize(terminal: Terminal, ui: UiStore): () => void {
  const resized = (): void => ui.setState({ size: sizeOf(terminal) });
  terminal.stdout.on('resize', resized);
  return () => terminal.stdout.off('resize', resized);
}

function sizeOf(terminal: Terminal): Size {
  return { columns: terminal.stdout.columns || 80, rows: terminal.stdout.rows || 24 };
}
