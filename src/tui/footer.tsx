import type { ReactElement } from 'react';
import { neutralise } from '#domain/text.ts';
import { runningTasks } from './changes.ts';
import type { Command } from './commands/command.ts';
import { commandsHere } from './keymap.ts';
import { type Mode, topMode, type UiState } from './store.ts';
import type { Task } from './tasks.ts';
import type { Theme } from './theme.ts';
import { useSession, useTui, useUi } from './use-tui.ts';
import { formatHints, type KeyHint } from './widgets/key-hints.ts';
import { cutText, justify, type Line, line, lineColumns, span } from './widgets/line.ts';
import { LineText } from './widgets/line-text.tsx';
import { formatField } from './widgets/text-field.ts';
import { useSpinner } from './widgets/use-spinner.ts';

/** One row: the keys of the focused pane, what runs, and what just happened. */
export function Footer(props: { readonly width: number }): ReactElement {
  const tui = useTui();
  const { theme } = tui;
  const state = useUi(footerState);
  // What can be done changes with the connection and with the first container.
  useSession((session) => [session.connection.status, Object.keys(session.containers).length > 0]);
  const hints = hintsFor(state, (command) => command.unavailable(tui) === undefined);
  const spinner = useSpinner(state.running !== undefined);
  return <LineText width={props.width} line={formatFooter(state, { theme, width: props.width, spinner, hints })} />;
}

interface FooterState {
  readonly mode: Mode | undefined;
  readonly commands: UiState['commands'];
  readonly focus: UiState['focus'];
  readonly tab: UiState['tab'];
  readonly toast: UiState['toast'];
  readonly filter: UiState['filter'];
  readonly running: Task | undefined;
}

function footerState(state: UiState): FooterState {
  return {
    mode: topMode(state),
    commands: state.commands,
    focus: state.focus,
    tab: state.tab,
    toast: state.toast,
    filter: state.filter,
    running: runningTasks(state.tasks)[0],
  };
}

interface FooterShape {
  readonly theme: Theme;
  readonly width: number;
  readonly spinner: string;
  readonly hints: readonly KeyHint[];
}

function formatFooter(state: FooterState, shape: FooterShape): Line {
  const right = rightOf(state, shape);
  const room = shape.width - lineColumns(right) - 2;
  return justify([span(' '), ...leftOf(state, shape, room)], right, shape.width);
}

function leftOf(state: FooterState, shape: FooterShape, room: number): Line {
  if (state.mode?.kind === 'filter') {
    const field = formatField(state.filter, shape.theme, { focused: true, width: 30 });
    return [span('/', 'key'), ...field, span('   '), ...formatHints(FILTER_HINTS, shape.theme, room - 32)];
  }
  if (state.toast) return [span(cutText(neutralise(state.toast.text), room, shape.theme.signs.ellipsis), state.toast.role)];
  return formatHints([...shape.hints, { key: '?', label: shape.width >= 100 ? 'help' : 'more' }], shape.theme, room);
}

function rightOf(state: FooterState, shape: FooterShape): Line {
  if (!state.running || state.mode?.kind === 'task') return [];
  const title = cutText(neutralise(state.running.title), Math.floor(shape.width / 3), shape.theme.signs.ellipsis);
  return line(span(`${shape.spinner} ${title} `, 'accent'), span('T', 'key'), ' ');
}

/** The labelled commands of the pane that can run now, most useful first. */
function hintsFor(state: FooterState, isAvailable: (command: Command) => boolean): readonly KeyHint[] {
  const shown = commandsHere(state).filter((command) => FOOTER_ORDER.includes(command.id) && isAvailable(command));
  return shown.toSorted((a, b) => FOOTER_ORDER.indexOf(a.id) - FOOTER_ORDER.indexOf(b.id)).map(hintOf);
}

function hintOf(command: Command): KeyHint {
  return { key: command.keys[0] ?? '', label: command.label ?? '' };
}

/** Design: screens, the footer of the Stack screen. */
const FOOTER_ORDER: readonly string[] = [
  'move.open',
  'move.back',
  'look.follow',
  'look.logs',
  'service.stack.shell',
  'service.menu',
  'stack.down-menu',
  'service.stack.restart',
  'look.edit',
  'service.stack.up',
  'service.stack.rebuild',
  'look.filter',
  'program.profiles',
  'move.next-tab',
  'program.quit',
];

const FILTER_HINTS: readonly KeyHint[] = [
  { key: 'enter', label: 'keep' },
  { key: 'esc', label: 'clear' },
];
