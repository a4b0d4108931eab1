import path from 'node:path';
import type { Files } from '#system/files.ts';
import { classifyComposeName } from './compose-names.ts';
import type { Draft } from './infer-drafts.ts';
import type { ComposeEnvironment } from './infer-environment.ts';
import { type ComposeFacts, readComposeFacts } from './infer-facts.ts';
import { profileNameOf } from './role-names.ts';

interface ComposeFileContext {
  readonly files: Files;
  readonly root: string;
  readonly environment: ComposeEnvironment;
}

/**
 * COMPOSE_FILE decides what plain `docker compose` runs here, so it is the default profile: the guessed one with the same files,
 * or a new one called after its last file, which takes the place of a guess of that name.
 */
export async function applyComposeFile(
  drafts: readonly Draft[],
  { files, root, environment }: ComposeFileContext,
): Promise<{ readonly drafts: readonly Draft[]; readonly defaultName?: string }> {
  if (environment.files === undefined) return { drafts };
  const paths = environment.files.map((file) => path.resolve(root, file));
  const same = drafts.find((draft) => pathsOf(draft).join('\n') === paths.join('\n'));
  if (same) return { drafts, defaultName: same.name };
  const facts = await Promise.all(paths.map((file) => factsOf(files, root, file)));
  const words = facts.flatMap(wordsOf);
  const name = words.at(-1) ?? 'dev';
  const problems = facts.flatMap((one) => one.problems);
  const replaced = drafts.find((draft) => draft.name === name);
  const own = { name, words, chain: { facts, usage: undefined, problems }, composeProfiles: replaced?.composeProfiles ?? [] };
  return { drafts: [own, ...drafts.filter((draft) => draft !== replaced)], defaultName: name };
}

function pathsOf(draft: Draft): readonly string[] {
  return draft.chain.facts.map((one) => one.file.path);
}

function factsOf(files: Files, root: string, file: string): Promise<ComposeFacts> {
  const kind = classifyComposeName(path.basename(file)) ?? { kind: 'base' };
  return readComposeFacts(files, { path: file, relative: path.relative(root, file), directory: path.dirname(file), kind });
}

function wordsOf({ file }: ComposeFacts): readonly string[] {
  return file.kind.kind === 'named' ? file.kind.parts.filter((part) => part !== 'override').map(profileNameOf) : [];
}
