import path from 'node:path';
import { isContainerFolder } from './compose-names.ts';
import { baseIn, type ComposeLandscape, chainTo, type FileChain, isBase } from './infer-chains.ts';
import type { ComposeFacts } from './infer-facts.ts';
import { profileNameOf, roleOfName } from './role-names.ts';

/** A profile as guessed from files: what is merged, and what its name is made of. */
export interface Draft {
  readonly name: string;
  readonly chain: FileChain;
  /** Words of its files' names, for env files; none for the plain base. */
  readonly words: readonly string[];
  readonly composeProfiles: readonly string[];
}

/** All profiles that the files of a project suggest; names are unique. */
export function draftProfiles(landscape: ComposeLandscape): readonly Draft[] {
  const named = landscape.facts.filter((one) => !isBase(one)).map((one) => draftOfNamed(one, landscape));
  const bases = [...new Set(landscape.facts.map((one) => one.file.directory))].flatMap((directory) => baseIn(directory, landscape) ?? []);
  const directories = [...new Set(bases.map((one) => one.file.directory))];
  const primary = primaryDirectory(directories, landscape.root);
  const plain = directories.flatMap((directory) => draftOfBase(directory, { primary, named, landscape }));
  const unique = withUniqueNames([...plain, ...named]);
  return [...unique, ...draftsOfComposeProfiles(unique)];
}

function draftOfNamed(last: ComposeFacts, landscape: ComposeLandscape): Draft {
  const chain = chainTo(last, landscape);
  const words = chain.facts.flatMap((one) =>
    one.file.kind.kind === 'named' && !isBase(one) ? one.file.kind.parts.map(profileNameOf) : [],
  );
  const name = wordsOf(last).join('-');
  return { name, chain, words: [...new Set(words)], composeProfiles: switchedOn(name, chain) };
}

function wordsOf(one: ComposeFacts): readonly string[] {
  return one.file.kind.kind === 'named' ? one.file.kind.parts.map(profileNameOf) : [];
}

/** The directory whose base is the project itself: the root, or the only one there is. */
function primaryDirectory(directories: readonly string[], root: string): string | undefined {
  if (directories.includes(root)) return root;
  const depth = (directory: string): number => path.relative(root, directory).split(path.sep).length;
  const nearest = directories.filter((one) => depth(one) === Math.min(...directories.map(depth)));
  return nearest.length === 1 ? nearest[0] : undefined;
}

function draftOfBase(
  directory: string,
  around: { readonly primary: string | undefined; readonly named: readonly Draft[]; readonly landscape: ComposeLandscape },
): readonly Draft[] {
  const base = baseIn(directory, around.landscape) ?? [];
  const first = base[0];
  if (first === undefined) return [];
  const folder = folderName(directory);
  const isEnvironment = roleOfName(folder) !== undefined && !isContainerFolder(folder);
  const name = directory === around.primary && !(isEnvironment && directory !== around.landscape.root) ? 'dev' : folder;
  const dev = around.named.find((draft) => draft.name === 'dev');
  const overlaid = dev?.chain.facts.includes(first) ?? false;
  const commonOnly = first.file.kind.kind === 'named';
  if (name === 'dev' && (overlaid || commonOnly) && base.length === 1) return [];
  const chain = withOverride(base, chainTo(first, around.landscape));
  const free = name === 'dev' && dev !== undefined ? 'default' : name;
  return [{ name: free, chain, words: name === 'dev' ? [] : [folder], composeProfiles: switchedOn(free, chain) }];
}

function folderName(directory: string): string {
  return profileNameOf(path.basename(directory).toLowerCase());
}

function withOverride(base: readonly ComposeFacts[], chain: FileChain): FileChain {
  const override = base.slice(1).filter((one) => !chain.facts.includes(one));
  return { ...chain, facts: [...chain.facts, ...override], problems: [...chain.problems, ...override.flatMap((one) => one.problems)] };
}

/** Compose profiles that a profile switches on: named in the header, called like it, or all when nothing starts without. */
function switchedOn(name: string, { facts, usage }: FileChain): readonly string[] {
  const declared = [...new Set(facts.flatMap((one) => one.composeProfiles))];
  if (usage !== undefined && usage.profiles.length > 0) return usage.profiles;
  const alike = declared.filter((one) => profileNameOf(one.toLowerCase()) === name);
  if (alike.length > 0) return alike;
  return facts.some((one) => one.hasUnconditionalService) ? [] : declared;
}

/** A base whose services say `profiles: [test]` is a test stack too. */
function draftsOfComposeProfiles(drafts: readonly Draft[]): readonly Draft[] {
  const base = drafts.find((draft) => draft.name === 'dev' && draft.words.length === 0);
  const declared = [...new Set(base?.chain.facts.flatMap((one) => one.composeProfiles) ?? [])];
  return declared.flatMap((composeProfile) => {
    const name = profileNameOf(composeProfile.toLowerCase());
    const known = roleOfName(name) === undefined || drafts.some((draft) => draft.name === name);
    return base === undefined || known ? [] : [{ name, chain: base.chain, words: [name], composeProfiles: [composeProfile] }];
  });
}

/** Two files called `test`: the one farther from the root is called after its folder too. */
function withUniqueNames(drafts: readonly Draft[]): readonly Draft[] {
  const taken = new Set<string>();
  return drafts.map((draft) => {
    const folder = folderName(draft.chain.facts.at(-1)?.file.directory ?? '');
    const numbered = drafts.map((_, index) => `${draft.name}-${index + 2}`);
    const name = [draft.name, `${folder}-${draft.name}`, ...numbered].find((one) => !taken.has(one)) ?? draft.name;
    taken.add(name);
    return { ...draft, name };
  });
}
