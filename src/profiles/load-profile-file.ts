import type { Files } from '#system/files.ts';
import type { DeclaredProfile } from './layer.ts';
import type { Problem } from './problems.ts';
import { readYaml } from './read-yaml.ts';
import { profileSchema } from './schema.ts';
import { SHORT_NAME } from './schema-values.ts';
import { type Subject, validate } from './validate.ts';

/** Which file is to be loaded as which profile. */
export interface ProfileFile {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly source: 'file' | 'shipped';
}

/** Reads and validates one profile file. Never throws for what is in it. */
export async function loadProfileFile(files: Files, { name, file, source }: ProfileFile): Promise<DeclaredProfile> {
  const yaml = await readYaml(files, file);
  const naming = nameProblems(name, { file, line: 1, column: 1 });
  if ('problems' in yaml) return { name, source, layer: undefined, problems: [...naming, ...yaml.problems] };
  return withProblems(declareProfile({ name, source, data: yaml.data, subject: { yaml, at: [] } }), naming);
}

/** A profile from data that was read already, as from `profiles:` in devctl.yaml. */
export function declareProfile(from: {
  readonly name: string;
  readonly source: 'file' | 'shipped';
  readonly data: unknown;
  readonly subject: Subject;
}): DeclaredProfile {
  const { name, source, data, subject } = from;
  if (data === null || data === undefined) {
    const at = subject.yaml.locate(subject.at);
    return { name, source, layer: undefined, problems: [{ at, message: 'the profile is empty', hint: EMPTY_HINT }] };
  }
  const validated = validate(profileSchema, data, subject);
  if ('problems' in validated) return { name, source, layer: undefined, problems: validated.problems };
  const layer = { settings: validated.value, locate: within(subject) };
  return { name, source, layer, problems: [] };
}

const EMPTY_HINT = 'Write at least `extends: dev`, or remove it.';

function within({ yaml, at }: Subject): Subject['yaml']['locate'] {
  return (path, what) => yaml.locate([...at, ...path], what);
}

/** Profile names are typed on command lines and in phrases. */
export function nameProblems(name: string, at: Problem['at']): readonly Problem[] {
  if (SHORT_NAME.test(name)) return [];
  const message = `\`${name.slice(0, 60)}\` cannot be a profile's name: only letters, digits, ".", "_", ":" and "-", 63 at most`;
  return [{ at, message, hint: 'Rename the file.' }];
}

function withProblems(profile: DeclaredProfile, problems: readonly Problem[]): DeclaredProfile {
  return { ...profile, problems: [...problems, ...profile.problems] };
}
