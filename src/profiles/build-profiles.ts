import type { Profile, ProfileOrError, Project } from '#domain/profile.ts';
import type { Files } from '#system/files.ts';
import { chooseDefault, compareProfiles } from './default-profile.ts';
import { inferProfiles } from './infer.ts';
import type { Declarations, DeclaredProfile } from './layer.ts';
import { loadDeclared } from './load-declared.ts';
import { composeFilesOf, resolveProfile } from './resolve.ts';
import { roleOfName } from './role-names.ts';
import { loadShippedProfiles } from './shipped.ts';

/** A project with all its profiles. */
export interface LoadedProfiles {
  /** With the name that devctl.yaml or the compose files give it. */
  readonly project: Project;
  /** undefined: several profiles, none of which is the obvious one. */
  readonly defaultName: string | undefined;
  /** The default first, then by role and name. */
  readonly profiles: readonly ProfileOrError[];
}

export interface BuildRequest {
  readonly files: Files;
  readonly env: Readonly<Record<string, string>>;
  readonly project: Project;
}

/** Reads, infers and resolves all profiles of a project, without any cache. Throws `usage` when devctl.yaml itself is broken. */
export async function buildProfiles(request: BuildRequest): Promise<LoadedProfiles> {
  const { files, project } = request;
  const shipped = await loadShippedProfiles(files);
  const declarations = await declare(request, shipped);
  const catalog = { declarations, shipped };
  const main = declarations.profiles.find((profile) => profile.name === declarations.defaultName);
  const context = { ...catalog, files, root: project.root, defaultFiles: composeFilesOf(main, catalog, project.root) };
  const profiles = await Promise.all(declarations.profiles.map((declared) => resolveProfile(declared, context)));
  return {
    project: { ...project, name: declarations.name },
    defaultName: declarations.defaultName,
    profiles: profiles.toSorted((a, b) => compareProfiles(ranked(a, declarations), ranked(b, declarations))),
  };
}

/** devctl.yaml without any profile goes with guessed ones; without a compose file, with the shipped `dev`. */
async function declare(request: BuildRequest, shipped: readonly DeclaredProfile[]): Promise<Declarations> {
  const { files, project } = request;
  if (project.config === undefined) return inferProfiles(request);
  const declared = await loadDeclared(files, { ...project, config: project.config });
  if (declared.profiles.length > 0) return declared;
  const inferred = await inferProfiles(request);
  const profiles = inferred.profiles.length > 0 ? inferred.profiles : shipped.filter((profile) => profile.name === 'dev');
  const defaultName = declared.defaultName ?? inferred.defaultName ?? chooseDefault(profiles.map((profile) => profile.name));
  return { ...declared, profiles, defaultName };
}

function ranked(one: ProfileOrError, { defaultName }: Declarations): Parameters<typeof compareProfiles>[0] {
  const { name, role }: Pick<Profile, 'name'> & { readonly role: Profile['role'] | undefined } =
    'profile' in one ? one.profile : { name: one.name, role: roleOfName(one.name) };
  return { name, role, isDefault: name === defaultName };
}
