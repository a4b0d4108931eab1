import { Box, Text, useInput, usePaste } from 'ink';
import type { ReactElement } from 'react';
import { Banner, useBanners } from './banner.tsx';
import { Dialog } from './dialogs/dialog.tsx';
import { pasteIntoMode } from './dialogs/press-mode.ts';
import { dispatchKey } from './dispatch.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { readKeys } from './key.ts';
import { layoutFor, type Size, SMALLEST } from './layout.ts';
import { NoEngine, useNoEngine } from './no-engine.tsx';
import { StackScreen } from './screens/stack.tsx';
import { topMode } from './store.ts';
import type { Tui } from './tui.ts';
import { TuiContext, useUi } from './use-tui.ts';
import { ThemeContext } from './widgets/use-theme.ts';

/** The whole UI: exactly as many rows and columns as the terminal has, never more. */
export function App(props: { readonly tui: Tui }): ReactElement {
  const { tui } = props;
  useInput((input, key) => {
    for (const one of readKeys(input, key)) dispatchKey(tui, one);
  });
  usePaste((text) => {
    const mode = topMode(tui.ui.getState());
    if (mode) pasteIntoMode(tui, mode, text);
  });
  return (
    <TuiContext value={tui}>
      <ThemeContext value={tui.theme}>
        <Root />
      </ThemeContext>
    </TuiContext>
  );
}

function Root(): ReactElement {
  const size = useUi((state) => state.size);
  const noEngine = useNoEngine();
  const banners = useBanners();
  const layout = layoutFor(size, noEngine ? 0 : banners.length);
  if (layout.kind === 'too-small') return <TooSmall size={size} />;
  return (
    <Box width={size.columns} height={size.rows} flexDirection="column" overflow="hidden">
      <Header width={size.columns} />
      {noEngine ? null : <Banner width={size.columns} />}
      {noEngine ? <NoEngine connection={noEngine} size={size} /> : <StackScreen layout={layout} />}
      <Footer width={size.columns} />
      <Dialog size={size} />
    </Box>
  );
}

function TooSmall(props: { readonly size: Size }): ReactElement {
  const { columns, rows } = props.size;
  return (
    <Box width={columns} height={rows} overflow="hidden">
      <Text wrap="truncate">{`too small: ${columns}×${rows}, needs ${SMALLEST.columns}×${SMALLEST.rows}`}</Text>
    </Box>
  );
}
