import path from 'node:path';
import type { Profile, ProfileOrError } from '#domain/profile.ts';
import { ROLE_PROTECTION, type Role } from '#domain/protection.ts';
import type { DeclaredProfile } from './layer.ts';
import { mergeLayers } from './layer.ts';
import { type Problem, problemsError } from './problems.ts';
import { type Catalog, type ResolveContext, resolveChain } from './resolve-chain.ts';
import { resolveCompose } from './resolve-compose.ts';
import { resolveCommands, resolveEnv, resolveHealth } from './resolve-parts.ts';
import { roleOfName } from './role-names.ts';
import type { ProfileSettings } from './schema.ts';

/** A declared profile with its `extends` chain, defaults and absolute paths; or one `usage` error with all its problems. */
export async function resolveProfile(declared: DeclaredProfile, context: ResolveContext): Promise<ProfileOrError> {
  const failed = (problems: readonly Problem[]): ProfileOrError => ({ name: declared.name, error: problemsError(problems, context.root) });
  const chain = resolveChain(declared, context);
  if ('problems' in chain) return failed(chain.problems);
  const { settings, origin } = mergeLayers(chain.layers);
  const isDefault = declared.name === context.declarations.defaultName;
  const compose = await resolveCompose({ declared, settings, origin, isDefault, context });
  const problems = [...compose.problems, ...unknownRequirements(settings, { origin, context })];
  if (problems.length > 0) return failed(problems);
  const role = settings.role ?? roleOfName(declared.name) ?? 'dev';
  return { profile: { ...assemble(declared, settings, { role, root: context.root }), isDefault, compose: compose.value, origin } };
}

/** Absolute compose files of a declared profile; none when it is broken or has none. */
export function composeFilesOf(declared: DeclaredProfile | undefined, catalog: Catalog, root: string): readonly string[] {
  const chain = declared && resolveChain(declared, catalog);
  if (!chain || 'problems' in chain) return [];
  return (mergeLayers(chain.layers).settings.compose?.files ?? []).map((file) => path.resolve(root, file));
}

function assemble(
  declared: DeclaredProfile,
  settings: ProfileSettings,
  { role, root }: { readonly role: Role; readonly root: string },
): Omit<Profile, 'isDefault' | 'compose' | 'origin'> {
  return {
    name: declared.name,
    description: settings.description,
    role,
    protection: settings.protection ?? ROLE_PROTECTION[role],
    source: declared.source,
    // Inherited from a profile that requires this one.
    requires: (settings.requires ?? []).filter((name) => name !== declared.name),
    env: resolveEnv(settings.env, root),
    engine: { context: settings.engine?.context, host: settings.engine?.host },
    health: resolveHealth(settings.health),
    commands: resolveCommands(settings.commands),
    hooks: { afterUp: settings.hooks?.afterUp, beforeDown: settings.hooks?.beforeDown },
  };
}

function unknownRequirements(
  settings: ProfileSettings,
  { origin, context }: { readonly origin: Profile['origin']; readonly context: ResolveContext },
): readonly Problem[] {
  const known = context.declarations.profiles.map((profile) => profile.name);
  return (settings.requires ?? []).flatMap((name, index) => {
    const at = origin[`requires.${index}`];
    return known.includes(name) || !at ? [] : [{ at, message: `requires \`${name}\`, which is no profile of this project` }];
  });
}
