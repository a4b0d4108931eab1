import { DevctlError } from '#domain/error.ts';
import type { Profile, ProfileOrError } from '#domain/profile.ts';
import { suggest } from '#domain/text.ts';
import { mayBeRemembered, type Remembered } from './remember.ts';

export interface SelectRequest {
  readonly profiles: readonly ProfileOrError[];
  readonly defaultName: string | undefined;
  /** `-p` */
  readonly requested: string | undefined;
  /** devctl's own environment; DEVCTL_PROFILE is read. */
  readonly env: Readonly<Record<string, string>>;
  readonly remembered: Remembered;
  readonly isTerminal: boolean;
  /** The project's name, which many type after compose's own -p. */
  readonly projectName: string;
}

/**
 * The profile to work with (design: profiles, resolution 2): the machine's pin, `-p`, DEVCTL_PROFILE, on a terminal the last used
 * one, the default, `dev`. Throws `usage` for an unknown or broken one, `refused` for one that the pin excludes.
 */
export function selectProfile(request: SelectRequest): Profile {
  const choice = choose(request);
  refuseAgainstPin(choice, request);
  const found = request.profiles.find((one) => nameOf(one) === choice.name);
  if (found === undefined) throw unknownProfile(choice, request);
  if ('error' in found) throw found.error;
  return found.profile;
}

interface Choice {
  readonly name: string;
  /** What named it, for messages; empty when devctl chose by itself. */
  readonly by: '-p' | 'DEVCTL_PROFILE' | 'pin' | '';
}

function choose({ requested, env, remembered, isTerminal, defaultName, profiles }: SelectRequest): Choice {
  if (requested !== undefined) return { name: requested, by: '-p' };
  const fromEnv = env.DEVCTL_PROFILE;
  if (fromEnv !== undefined && fromEnv !== '') return { name: fromEnv, by: 'DEVCTL_PROFILE' };
  if (remembered.pinned !== undefined) return { name: remembered.pinned, by: 'pin' };
  const last = profiles.find((one) => 'profile' in one && one.profile.name === remembered.lastUsed && mayBeRemembered(one.profile));
  if (isTerminal && last !== undefined) return { name: nameOf(last), by: '' };
  if (defaultName !== undefined) return { name: defaultName, by: '' };
  throw new DevctlError('usage', `No profile is named, and none of ${namesOf(profiles).join(', ') || 'the project'} is the default.`, {
    hint: `Type \`devctl -p ${namesOf(profiles)[0] ?? 'PROFILE'} …\`, or write \`default: …\` into devctl.yaml.`,
  });
}

function refuseAgainstPin({ name, by }: Choice, { remembered }: SelectRequest): void {
  const { pinned } = remembered;
  if (pinned === undefined || name === pinned) return;
  throw new DevctlError('refused', `This machine is for the profile ${pinned} only, and ${by} names ${name}.`, {
    hint: `Leave ${by} out, or lift it with \`devctl use ${name} --this-machine\`.`,
  });
}

function unknownProfile({ name, by }: Choice, { profiles, projectName }: SelectRequest): DevctlError {
  const names = namesOf(profiles);
  const list = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  const details = { profiles: names };
  if (by === '-p' && name === projectName && !names.includes(name)) {
    return new DevctlError('usage', `${name} is the project, not a profile: that is compose's -p; devctl's -p is the profile.`, {
      hint: `Leave -p out, or name a profile: ${names.join(', ')}.`,
      details,
    });
  }
  const near = suggest(name, names);
  const source = by === 'DEVCTL_PROFILE' ? ' (from DEVCTL_PROFILE)' : by === 'pin' ? ' (this machine is pinned to it)' : '';
  return new DevctlError('usage', `No profile "${name}" in this project${source}; ${list}.`, {
    hint: near === undefined ? 'Type `devctl profiles list` to see them.' : `Did you mean \`devctl -p ${near} …\`?`,
    details,
  });
}

function namesOf(profiles: readonly ProfileOrError[]): readonly string[] {
  return profiles.map(nameOf);
}

function nameOf(one: ProfileOrError): string {
  return 'profile' in one ? one.profile.name : one.name;
}
