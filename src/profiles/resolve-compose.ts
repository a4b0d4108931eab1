import path from 'node:path';
import type { Profile, ProfileCompose } from '#domain/profile.ts';
import { suggest } from '#domain/text.ts';
import type { Files } from '#system/files.ts';
import type { DeclaredProfile } from './layer.ts';
import type { Problem } from './problems.ts';
import { normaliseProjectName, topLevelName } from './project-name.ts';
import type { ResolveContext } from './resolve-chain.ts';
import type { ProfileSettings } from './schema.ts';

interface ComposeRequest {
  readonly declared: DeclaredProfile;
  readonly settings: ProfileSettings;
  readonly origin: Profile['origin'];
  readonly isDefault: boolean;
  readonly context: ResolveContext;
}

/** The compose part with absolute paths and a pinned project name; every file that is missing is a problem. */
export async function resolveCompose(
  request: ComposeRequest,
): Promise<{ readonly value: ProfileCompose | undefined; readonly problems: readonly Problem[] }> {
  const { settings, context, declared } = request;
  if (settings.compose === undefined) return { value: undefined, problems: [] };
  const files = (settings.compose.files ?? []).map((file) => path.resolve(context.root, file));
  const first = files[0];
  if (first === undefined) {
    const at = declared.layer?.locate(['compose'], 'key') ?? { file: context.root, line: 1, column: 1 };
    return { value: undefined, problems: [{ at, message: 'compose.files is missing: name the compose files in merge order' }] };
  }
  const problems = await Promise.all(files.map((file, index) => missingFile(file, index, request)));
  const { projectDirectory, projectName, profiles } = settings.compose;
  const value = {
    files,
    profiles: profiles ?? [],
    projectName: projectName ?? (await projectNameOf(request, files)),
    projectDirectory: projectDirectory === undefined ? path.dirname(first) : path.resolve(context.root, projectDirectory),
  };
  return { value, problems: problems.flat() };
}

async function missingFile(file: string, index: number, { settings, origin, context }: ComposeRequest): Promise<readonly Problem[]> {
  const facts = await context.files.stat(file);
  const at = origin[`compose.files.${index}`];
  if (facts?.kind === 'file' || facts?.kind === 'other' || !at) return [];
  const written = settings.compose?.files?.[index] ?? file;
  if (facts !== undefined) return [{ at, message: `the compose file \`${written}\` is a ${facts.kind}` }];
  const near = suggest(path.basename(file), await context.files.list(path.dirname(file)));
  const help = near === undefined ? '' : `; did you mean \`${path.join(path.dirname(written), near)}\`?`;
  return [{ at, message: `the compose file \`${written}\` does not exist${help}` }];
}

/** Not pinned: the name that its own files set, else the project's, with the profile's for all but the default one. */
async function projectNameOf({ declared, isDefault, context }: ComposeRequest, files: readonly string[]): Promise<string> {
  const own = isDefault ? files : files.filter((file) => !context.defaultFiles.includes(file));
  const named = await nameInFiles(context.files, own);
  if (named !== undefined) return named;
  const project = normaliseProjectName(context.declarations.name) || 'project';
  return isDefault ? project : `${project}-${normaliseProjectName(declared.name.replace(/[.:]/g, '-')) || 'profile'}`;
}

/** `name:` of the last file that sets it without variables, as compose reads it. */
async function nameInFiles(files: Files, paths: readonly string[]): Promise<string | undefined> {
  const texts = await Promise.all(paths.map((file) => files.readText(file).catch(() => undefined)));
  return texts.map((text) => (text === undefined ? undefined : topLevelName(text))).findLast((name) => name !== undefined);
}
