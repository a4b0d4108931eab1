import path from 'node:path';
import * as z from 'zod';
import type { Project } from '#domain/profile.ts';
import { suggest } from '#domain/text.ts';
import type { Files } from '#system/files.ts';
import { chooseDefault } from './default-profile.ts';
import type { Declarations, DeclaredProfile, Layer } from './layer.ts';
import { declareProfile, loadProfileFile, nameProblems } from './load-profile-file.ts';
import { type Problem, problemsError } from './problems.ts';
import { readYaml, type YamlFile } from './read-yaml.ts';
import { projectSchema } from './schema.ts';
import { validate } from './validate.ts';

/**
 * Reads devctl.yaml and the profile files beside it. What is wrong with a profile stays with that profile; what is wrong with
 * devctl.yaml itself is thrown as `usage`, together with everything else that is wrong.
 */
export async function loadDeclared(files: Files, project: Project & { readonly config: string }): Promise<Declarations> {
  const yaml = await readYaml(files, project.config);
  if ('problems' in yaml) throw problemsError(yaml.problems, project.root);
  const config = validateConfig(yaml, project.config);
  const inline = inlineProfiles(yaml);
  const fromFiles = await profilesFromFiles(files, project, { yaml, profilesDir: config.settings?.profilesDir });
  const profiles = [...inline, ...fromFiles.profiles];
  const problems = [
    ...config.problems,
    ...fromFiles.problems,
    ...doubleNames(profiles, project.config),
    ...defaultProblems(config, profiles),
  ];
  if (problems.length > 0) throw problemsError([...problems, ...profiles.flatMap((profile) => profile.problems)], project.root);
  return {
    name: config.settings?.name ?? project.name,
    defaultName: config.settings?.default ?? chooseDefault(profiles.map((profile) => profile.name)),
    shared: sharedLayer(config),
    profiles,
  };
}

interface Config {
  readonly yaml: ReadableYaml;
  readonly settings: z.infer<typeof configSchema> | undefined;
  readonly problems: readonly Problem[];
}

type ReadableYaml = Exclude<YamlFile, { readonly problems: readonly Problem[] }>;

function validateConfig(yaml: ReadableYaml, file: string): Config {
  if (yaml.data === null) {
    const problem = {
      at: { file, line: 1, column: 1 },
      message: 'the file is empty',
      hint: 'Write at least `name: my-project`, or remove it.',
    };
    return { yaml, settings: undefined, problems: [problem] };
  }
  const validated = validate(configSchema, yaml.data, { yaml, at: [] });
  if ('problems' in validated) return { yaml, settings: undefined, problems: validated.problems };
  return { yaml, settings: validated.value, problems: [] };
}

/** Profiles are validated one by one, so that a broken one leaves the others usable. */
const configSchema = projectSchema.extend({ profiles: z.record(z.string(), z.unknown()).nullish() });

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inlineProfiles(yaml: ReadableYaml): readonly DeclaredProfile[] {
  const profiles = isMap(yaml.data) && isMap(yaml.data.profiles) ? yaml.data.profiles : {};
  return Object.entries(profiles).map(([name, data]) => {
    const at = ['profiles', name];
    const declared = declareProfile({ name, source: 'file', data, subject: { yaml, at } });
    return { ...declared, problems: [...nameProblems(name, yaml.locate(at, 'key')), ...declared.problems] };
  });
}

async function profilesFromFiles(
  files: Files,
  project: Project,
  config: { readonly yaml: ReadableYaml; readonly profilesDir: string | undefined },
): Promise<{ readonly profiles: readonly DeclaredProfile[]; readonly problems: readonly Problem[] }> {
  const directory = path.resolve(project.root, config.profilesDir ?? 'profiles');
  if (config.profilesDir !== undefined && (await files.stat(directory))?.kind !== 'directory') {
    const at = config.yaml.locate(['profilesDir']);
    return { profiles: [], problems: [{ at, message: `profilesDir \`${config.profilesDir}\` is not a directory` }] };
  }
  const names = (await files.list(directory)).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'));
  const profiles = names.map((name) =>
    loadProfileFile(files, { name: name.replace(/\.ya?ml$/, ''), file: path.join(directory, name), source: 'file' }),
  );
  return { profiles: await Promise.all(profiles), problems: [] };
}

function doubleNames(profiles: readonly DeclaredProfile[], file: string): readonly Problem[] {
  const names = profiles.map((profile) => profile.name);
  const double = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return double.map((name) => ({
    at: { file, line: 1, column: 1 },
    message: `the profile \`${name}\` is declared twice: keep one of ${name}.yaml, ${name}.yml and \`profiles: ${name}\``,
  }));
}

function defaultProblems({ yaml, settings }: Config, profiles: readonly DeclaredProfile[]): readonly Problem[] {
  const wanted = settings?.default;
  const names = profiles.map((profile) => profile.name);
  if (wanted === undefined || names.length === 0 || names.includes(wanted)) return [];
  const near = suggest(wanted, names);
  const help = near === undefined ? `; there are ${names.join(', ')}` : `; did you mean \`${near}\`?`;
  return [{ at: yaml.locate(['default']), message: `default names \`${wanted}\`, which is no profile of this project${help}` }];
}

/** What devctl.yaml says for all profiles at once. */
function sharedLayer({ yaml, settings }: Config): Layer | undefined {
  if (settings === undefined) return undefined;
  const { name: _name, default: _default, profilesDir: _profilesDir, profiles: _profiles, ...shared } = settings;
  return { settings: shared, locate: yaml.locate };
}
