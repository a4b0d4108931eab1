import path from 'node:path';
import type { Project } from '#domain/profile.ts';
import type { Role } from '#domain/protection.ts';
import type { Files } from '#system/files.ts';
import { composeFilesBelow } from './compose-files.ts';
import { chooseDefault } from './default-profile.ts';
import { readScriptFacts, type ScriptFacts } from './infer-commands.ts';
import { applyComposeFile } from './infer-compose-file.ts';
import { type Draft, draftProfiles } from './infer-drafts.ts';
import { inferEnvFiles, inferTemplate } from './infer-env-files.ts';
import { type ComposeEnvironment, readComposeEnvironment } from './infer-environment.ts';
import { readComposeFacts } from './infer-facts.ts';
import type { Declarations, DeclaredProfile } from './layer.ts';
import { normaliseProjectName } from './project-name.ts';
import { roleOfName } from './role-names.ts';
import type { ProfileSettings } from './schema.ts';

/** Where a guess looks. */
export interface InferRequest {
  readonly files: Files;
  readonly env: Readonly<Record<string, string>>;
  readonly project: Project;
}

/**
 * Profiles guessed from compose files, env files, COMPOSE_* variables and scripts (design: profiles, "No devctl.yaml yet").
 * Never throws for what stands in a file: the profiles that need a broken file carry its problems.
 */
export async function inferProfiles({ files, env, project }: InferRequest): Promise<Declarations> {
  const { root } = project;
  const [composeFiles, environment, scripts] = await Promise.all([
    composeFilesBelow(files, root),
    readComposeEnvironment(files, root, env),
    readScriptFacts(files, root),
  ]);
  const facts = await Promise.all(composeFiles.map((file) => readComposeFacts(files, file)));
  const guessed = draftProfiles({ root, facts, scriptUsages: scripts.usages });
  const { drafts, defaultName = chooseDefault(guessed.map((draft) => draft.name)) } = await applyComposeFile(guessed, {
    files,
    root,
    environment,
  });
  const main = drafts.find((draft) => draft.name === defaultName);
  const named = main?.chain.facts.findLast((one) => one.projectName !== undefined)?.projectName;
  return {
    name: environment.projectName ?? named ?? (normaliseProjectName(path.basename(root)) || 'project'),
    defaultName,
    shared: undefined,
    profiles: await Promise.all(
      drafts.map((draft) => declareDraft(draft, { files, root, scripts, environment: draft === main ? environment : undefined })),
    ),
  };
}

interface DraftContext {
  readonly files: Files;
  readonly root: string;
  readonly scripts: ScriptFacts;
  /** COMPOSE_* variables, for the default profile only: compose knows no other. */
  readonly environment: ComposeEnvironment | undefined;
}

async function declareDraft(draft: Draft, context: DraftContext): Promise<DeclaredProfile> {
  const { root, environment, scripts } = context;
  const settings = await settingsOf(draft, context);
  const first = draft.chain.facts[0]?.file.path ?? root;
  const fileAt = (index: unknown): string => draft.chain.facts[Number(index)]?.file.path ?? first;
  return {
    name: draft.name,
    source: 'inferred',
    problems: draft.chain.problems,
    layer: {
      settings,
      locate: ([top, second, third]) => {
        if (top === 'commands' && typeof second === 'string') return scripts.locate(second);
        if (second === 'files' && top === 'env')
          return { file: path.resolve(root, settings.env?.files?.[Number(third)] ?? first), line: 1, column: 1 };
        if (second === 'projectName' && environment?.projectName !== undefined) return environment.locate('COMPOSE_PROJECT_NAME');
        if (second === 'profiles' && environment?.profiles.length) return environment.locate('COMPOSE_PROFILES');
        if (second === 'files' && environment?.files !== undefined) return environment.locate('COMPOSE_FILE');
        return { file: second === 'files' ? fileAt(third) : (draft.chain.facts.at(-1)?.file.path ?? first), line: 1, column: 1 };
      },
    },
  };
}

async function settingsOf(draft: Draft, { files, root, scripts, environment }: DraftContext): Promise<ProfileSettings> {
  const first = draft.chain.facts[0]?.file;
  const role = roleOfDraft(draft);
  const request = { root, projectDirectory: first?.directory ?? root, words: draft.words, named: draft.chain.usage?.envFiles ?? [] };
  const envFiles = environment?.envFiles?.map((file) => path.resolve(root, file)) ?? (await inferEnvFiles(files, request));
  const template = await inferTemplate(files, request);
  const relative = (file: string): string => path.relative(root, file);
  const projectName = environment?.projectName ?? draft.chain.usage?.projectName;
  return {
    extends: BASES[role],
    role,
    compose: {
      files: draft.chain.facts.map((one) => one.file.relative),
      profiles: [...(environment?.profiles.length ? environment.profiles : draft.composeProfiles)],
      ...(projectName === undefined ? {} : { projectName }),
    },
    env: { files: envFiles.map(relative), ...(template === undefined ? {} : { template: relative(template) }) },
    commands: scripts.commands,
  };
}

/** Strictest of what its name and its files' names say: a layer upon production is production. */
function roleOfDraft(draft: Draft): Role {
  const roles = [draft.name, ...draft.words].map(roleOfName);
  return STRICTEST_FIRST.find((role) => roles.includes(role)) ?? 'dev';
}

const STRICTEST_FIRST: readonly Role[] = ['prod', 'staging', 'e2e', 'test', 'dev'];

/** Staging lives by production's rules. */
const BASES: Readonly<Record<Role, string>> = { dev: 'dev', test: 'test', e2e: 'e2e', staging: 'prod', prod: 'prod' };
