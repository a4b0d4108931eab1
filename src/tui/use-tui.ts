import { createContext, useContext } from 'react';
import type { SessionState } from '#session/state.ts';
import type { UiState } from './store.ts';
import type { Tui } from './tui.ts';
import { useStore } from './widgets/use-store.ts';

export const TuiContext = createContext<Tui | undefined>(undefined);

export function useTui(): Tui {
  const tui = useContext(TuiContext);
  if (!tui) throw new Error('a component of the terminal UI is used outside of it');
  return tui;
}

/** A part of the UI's own state. */
export function useUi<Part>(select: (state: UiState) => Part): Part {
  return useStore(useTui().ui, select);
}

/** A part of the live state of the stack that is shown. */
export function useSession<Part>(select: (state: SessionState) => Part): Part {
  return useStore(
    useUi((state) => state.stack.session),
    select,
  );
}
