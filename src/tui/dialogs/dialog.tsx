import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Size } from '../layout.ts';
import { type Mode, topMode } from '../store.ts';
import { useTui, useUi } from '../use-tui.ts';
import { line, span } from '../widgets/line.ts';
import { GateDialog } from './gate.tsx';
import { HelpDialog } from './help.tsx';
import { MenuDialog } from './menu.tsx';
import { ProfilesDialog } from './profiles.tsx';
import { QuitDialog } from './quit.tsx';
import { TaskDialog } from './task.tsx';
import { TextDialog } from './text-dialog.tsx';

/** The innermost dialog, centred over the screen. */
export function Dialog(props: { readonly size: Size }): ReactElement | null {
  const tui = useTui();
  const mode = useUi(topMode);
  if (!mode || mode.kind === 'filter') return null;
  const { columns, rows } = props.size;
  return (
    <Box position="absolute" width={columns} height={rows} alignItems="center" justifyContent="center">
      {mode.kind === 'gate' ? <GateDialog tui={tui} mode={mode} size={props.size} /> : dialogFor(mode, props.size)}
    </Box>
  );
}

function dialogFor(mode: Exclude<Mode, { kind: 'filter' | 'gate' }>, size: Size): ReactElement {
  switch (mode.kind) {
    case 'menu':
      return <MenuDialog mode={mode} size={size} />;
    case 'profiles':
      return <ProfilesDialog mode={mode} size={size} />;
    case 'help':
      return <HelpDialog mode={mode} size={size} />;
    case 'task':
      return <TaskDialog mode={mode} size={size} />;
    case 'quit':
      return <QuitDialog mode={mode} size={size} />;
    case 'inspect':
      return (
        <TextDialog
          size={size}
          columns={110}
          title={line(span(mode.title, 'strong'))}
          hints={INSPECT_HINTS}
          content={() => mode.lines}
          scroll={mode.scroll}
        />
      );
  }
}

const INSPECT_HINTS = [
  { key: 'y', label: 'copy' },
  { key: 'esc', label: 'close' },
];
