import type { ReactElement } from 'react';
import type { Profile } from '#domain/profile.ts';
import type { Protection } from '#domain/protection.ts';
import { neutralise } from '#domain/text.ts';
import type { Size } from '../layout.ts';
import type { Mode } from '../store.ts';
import type { Role, Theme } from '../theme.ts';
import { useSession, useTui } from '../use-tui.ts';
import { cutText, type Line, line, padEnd, span } from '../widgets/line.ts';
import { TextDialog } from './text-dialog.tsx';

/** The profile picker: role, protection, files, and whether it runs. */
export function ProfilesDialog(props: { readonly mode: Extract<Mode, { kind: 'profiles' }>; readonly size: Size }): ReactElement {
  const { theme } = useTui();
  const { profiles, profile: current } = useSession(({ profiles, profile }) => ({ profiles, profile }));
  const { mode } = props;
  const index = profiles.findIndex((profile) => profile.name === mode.selected);
  const isSelected = (profile: Profile): boolean => profile.name === mode.selected;
  return (
    <TextDialog
      size={props.size}
      columns={90}
      title={line(span('Profiles', 'strong'))}
      hints={HINTS}
      content={(width) => [
        heading(),
        ...profiles.map((profile) =>
          formatProfile(profile, {
            theme,
            width,
            isSelected: isSelected(profile),
            isCurrent: profile.name === current.name,
            running: mode.running?.[profile.name],
          }),
        ),
        [],
        line(span('Switching leaves the running stack as it is.', 'dim')),
      ]}
      scroll={0}
      keepInView={index + 1}
    />
  );
}

interface RowShape {
  readonly theme: Theme;
  readonly width: number;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  /** Running containers; undefined while nobody knows. */
  readonly running: number | undefined;
}

function formatProfile(profile: Profile, shape: RowShape): Line {
  const { theme } = shape;
  const name = `${neutralise(profile.name)}${shape.isCurrent ? ' (shown)' : ''}`;
  return line(
    span(shape.isSelected ? `${theme.signs.pointer} ` : '  ', 'accent'),
    span(column(name, NAME_COLUMNS, theme), shape.isSelected ? 'strong' : 'plain'),
    span(column(profile.role, ROLE_COLUMNS, theme), 'dim'),
    span(column(profile.protection, PROTECTION_COLUMNS, theme), PROTECTION_ROLES[profile.protection]),
    span(column(runningText(shape.running), RUNNING_COLUMNS, theme), shape.running ? 'good' : 'dim'),
    span(filesOf(profile), 'dim'),
  );
}

function heading(): Line {
  const columns = [
    padEnd('Name', NAME_COLUMNS),
    padEnd('Role', ROLE_COLUMNS),
    padEnd('Protection', PROTECTION_COLUMNS),
    padEnd('State', RUNNING_COLUMNS),
    'Files',
  ];
  return line(span(`  ${columns.join('')}`, 'dim'));
}

function column(text: string, width: number, theme: Theme): string {
  return padEnd(cutText(text, width - 1, theme.signs.ellipsis), width);
}

function runningText(running: number | undefined): string {
  if (running === undefined) return '';
  return running === 0 ? 'not running' : `${running} running`;
}

function filesOf(profile: Profile): string {
  const files = profile.compose?.files.map((file) => file.split('/').at(-1) ?? file) ?? [];
  return files.length > 0 ? files.join(' + ') : 'no containers';
}

const NAME_COLUMNS = 20;
const ROLE_COLUMNS = 9;
const PROTECTION_COLUMNS = 12;
const RUNNING_COLUMNS = 13;
const PROTECTION_ROLES: Readonly<Record<Protection, Role>> = { open: 'dim', guarded: 'accent', protected: 'bad' };

const HINTS = [
  { key: 'enter', label: 'switch' },
  { key: 'esc', label: 'close' },
];
