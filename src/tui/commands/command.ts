import type { Risk } from '#domain/risk.ts';
import type { Tui } from '../tui.ts';

/** Where a key works; a pane beats the screen, the screen beats `global`. */
export type Scope = 'services' | 'details' | 'stack' | 'global';

/** Something that a key or a menu entry does. Footer, menus and help are made from these, and nothing else. */
export interface Command {
  readonly id: string;
  /** The first one is shown; empty: only in menus. */
  readonly keys: readonly string[];
  readonly scope: Scope;
  /** Verb and object, sentence case, for menus and help. */
  readonly title: string;
  /** What that means, for menus. */
  readonly detail?: string | undefined;
  /** One word for the footer; undefined: not shown there. */
  readonly label: string | undefined;
  /** Group in the help. */
  readonly group: 'Move' | 'Look' | 'Service' | 'Stack' | 'Program';
  /** Is about the selected service, and stands in its `x` menu. */
  readonly onSelection: boolean;
  /** Must be pressed twice; says what the second press does. */
  readonly twice?: (tui: Tui) => string;
  unavailable(tui: Tui): string | undefined;
  run(tui: Tui): void;
  /** The risk of what it would do now, found without changing anything; absent: reads only. */
  risk?(tui: Tui): Promise<Risk>;
}
