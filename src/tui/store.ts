import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Command } from './commands/command.ts';
import type { GateMode } from './dialogs/gate-state.ts';
import type { MenuMode } from './dialogs/menu-state.ts';
import type { Stack } from './host.ts';
import type { Size } from './layout.ts';
import type { ScreenId } from './screens/index.ts';
import type { Task } from './tasks.ts';
import type { Role } from './theme.ts';
import type { Line } from './widgets/line.ts';
import { EMPTY_FIELD, type TextField } from './widgets/text-field-state.ts';

/** The tabs of the detail pane, in order. */
export const TABS = ['health', 'logs', 'stats', 'env', 'config', 'ports'] as const;
export type Tab = (typeof TABS)[number];
export type Focus = 'services' | 'details';

/** Everything on screen that is not the stack itself. Replaced, never changed. */
export interface UiState {
  readonly stack: Stack;
  /** What keys and menus can do; those made from actions come after the first frame. */
  readonly commands: readonly Command[];
  readonly size: Size;
  readonly screen: ScreenId;
  readonly focus: Focus;
  readonly tab: Tab;
  /** Name of a service: selection is by identity. */
  readonly selected: string | undefined;
  readonly filter: TextField;
  /** First row shown in the detail pane. */
  readonly scroll: number;
  /** The log tail sticks to its newest line. */
  readonly follow: boolean;
  /** What takes the keys, innermost last; empty: normal. */
  readonly modes: readonly Mode[];
  readonly toast: Toast | undefined;
  readonly tasks: readonly Task[];
  /** A key that waits for its second press. */
  readonly pressAgain: { readonly key: string; readonly until: number } | undefined;
  /** Profile that is being opened. */
  readonly opening: string | undefined;
  /** Grows with every forced redraw. */
  readonly redraws: number;
}

export type Mode =
  | { readonly kind: 'filter' }
  | GateMode
  | MenuMode
  | { readonly kind: 'profiles'; readonly selected: string; readonly running: Readonly<Record<string, number>> | undefined }
  | { readonly kind: 'help'; readonly scroll: number }
  | { readonly kind: 'inspect'; readonly title: string; readonly lines: readonly Line[]; readonly scroll: number }
  | { readonly kind: 'task'; readonly task: number; readonly scroll: number }
  | { readonly kind: 'quit'; readonly focus: QuitChoice };

export const QUIT_CHOICES = ['stay', 'wait', 'now'] as const;
export type QuitChoice = (typeof QUIT_CHOICES)[number];

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly role: Role;
}

export type UiStore = StoreApi<UiState>;

export function createUiStore(stack: Stack, size: Size, commands: readonly Command[]): UiStore {
  return createStore<UiState>(() => ({
    stack,
    commands,
    size,
    screen: 'stack',
    focus: 'services',
    tab: 'health',
    selected: undefined,
    filter: EMPTY_FIELD,
    scroll: 0,
    follow: true,
    modes: [],
    toast: undefined,
    tasks: [],
    pressAgain: undefined,
    opening: undefined,
    redraws: 0,
  }));
}

export function topMode(state: UiState): Mode | undefined {
  return state.modes.at(-1);
}

export function pushMode(ui: UiStore, mode: Mode): void {
  ui.setState((state) => ({ modes: [...state.modes, mode] }));
}

/** Closes the innermost mode. */
export function popMode(ui: UiStore): void {
  ui.setState((state) => ({ modes: state.modes.slice(0, -1) }));
}

/** Replaces the innermost mode by its next state. */
export function replaceMode(ui: UiStore, mode: Mode): void {
  ui.setState((state) => (topMode(state) === mode ? state : { modes: [...state.modes.slice(0, -1), mode] }));
}

/** Replaces a mode wherever it is in the stack; nothing happens when it is gone. */
export function updateMode(ui: UiStore, change: (mode: Mode) => Mode | undefined): void {
  ui.setState((state) => ({ modes: state.modes.map(change).filter((mode) => mode !== undefined) }));
}
