import type { Profile, SettingOrigin } from '#domain/profile.ts';
import { maskArgv, maskText, maskValue } from '#domain/secrets.ts';
import { shortLocation } from './problems.ts';

/** One setting of a resolved profile, as `devctl profiles show NAME --origin` prints it. */
export interface OriginRow {
  /** `compose.files.0` */
  readonly path: string;
  /** Secrets masked. */
  readonly value: string;
  /** `profiles/prod.yaml:5:11`, from the project's root where it lies there; `derived` for what no file says. */
  readonly location: string;
}

/** Every setting of a profile with the place that set it, then what devctl derived; base profiles' settings come first. */
export function formatOrigin(profile: Profile, root: string): readonly OriginRow[] {
  const rows = Object.entries(profile.origin).map(([path, setting]) => ({
    path,
    value: displayValue(path, setting),
    location: shortLocation(setting, root),
  }));
  const derived = derivedValues(profile)
    .filter(([path]) => !(path in profile.origin))
    .map(([path, value]) => ({ path, value, location: 'derived' }));
  return [...rows, ...derived];
}

function displayValue(path: string, { value }: SettingOrigin): string {
  const text = String(value);
  if (isReference(path)) return text;
  const name = path.split('.').findLast((step) => !/^\d+$/.test(step)) ?? '';
  const masked = maskValue(name, text);
  return masked === text && text.includes('=') ? maskArgv(text.split(' ')).join(' ') : maskText(masked);
}

/** Names of variables and files are no secrets, whatever their settings are called (`env.pass`, `keys.env`). */
function isReference(path: string): boolean {
  return /^env\.|(^|\.)env(\.\d+)?$|\.age\.\d+$/.test(path);
}

function derivedValues(profile: Profile): readonly (readonly [string, string])[] {
  const compose = profile.compose;
  return [
    ['role', profile.role],
    ['protection', profile.protection],
    ...(compose
      ? ([
          ['compose.projectName', compose.projectName],
          ['compose.projectDirectory', compose.projectDirectory],
        ] as const)
      : []),
    ['health.deadline', `${profile.health.deadlineSeconds}s`],
  ];
}
