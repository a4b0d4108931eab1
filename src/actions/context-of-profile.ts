import { DevctlError } from '#domain/error.ts';
import { suggest } from '#domain/text.ts';
import type { Context } from './context.ts';
import { withProfile } from './create-context.ts';

/** The context of another profile of the project. Throws `usage` with a suggestion when there is none of that name. */
export async function contextOfProfile(context: Context, name: string): Promise<Context> {
  const profiles = await context.profiles();
  const found = profiles.find((one) => ('profile' in one ? one.profile.name : one.name) === name);
  if (found && 'profile' in found) return withProfile(context, found.profile);
  if (found) throw found.error;
  const names = profiles.map((one) => ('profile' in one ? one.profile.name : one.name));
  const near = suggest(name, names);
  throw new DevctlError('usage', `No profile "${name}" in this project.`, {
    hint: near ? `Did you mean ${near}?` : `Its profiles: ${names.join(', ')}`,
  });
}
