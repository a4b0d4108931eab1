import { suggest } from '#domain/text.ts';
import type { Files } from '#system/files.ts';
import type { Declarations, DeclaredProfile, Layer } from './layer.ts';
import type { Problem } from './problems.ts';

/** Declared profiles of the project and the shipped ones, by name. */
export interface Catalog {
  readonly declarations: Declarations;
  readonly shipped: readonly DeclaredProfile[];
}

/** What resolving a profile needs to know besides its declaration. */
export interface ResolveContext extends Catalog {
  readonly files: Files;
  /** Directory that relative paths start from. */
  readonly root: string;
  /** Absolute compose files of the default profile: a name that they set is the default's own. */
  readonly defaultFiles: readonly string[];
}

/** A profile's layers, lowest first, or every problem on the way. */
export type Chain = { readonly layers: readonly Layer[] } | { readonly problems: readonly Problem[] };

/**
 * Follows `extends` to the end. Shipped profiles lie lowest, then what devctl.yaml says for all profiles, then the project's own
 * chain: the more specific wins.
 */
export function resolveChain(profile: DeclaredProfile, catalog: Catalog): Chain {
  const chain = follow([profile], catalog);
  if ('problems' in chain) return chain;
  const broken = chain.links.flatMap((link) => link.problems);
  if (broken.length > 0) return { problems: broken };
  const upwards = chain.links.toReversed();
  const layers = (sources: readonly DeclaredProfile[]): readonly Layer[] => sources.flatMap((one) => one.layer ?? []);
  const shared = catalog.declarations.shared;
  return {
    layers: [
      ...layers(upwards.filter((one) => one.source === 'shipped')),
      ...(shared ? [shared] : []),
      ...layers(upwards.filter((one) => one.source !== 'shipped')),
    ],
  };
}

type Links = { readonly links: readonly DeclaredProfile[] } | { readonly problems: readonly Problem[] };

function follow(links: readonly DeclaredProfile[], catalog: Catalog): Links {
  const last = links.at(-1);
  const wanted = last?.layer?.settings.extends;
  if (!last?.layer || wanted === undefined) return { links };
  const at = last.layer.locate(['extends']);
  const next = lookUp(wanted, last, catalog);
  if (next === undefined) return { problems: [{ at, message: unknownBase(wanted, last, catalog) }] };
  if (!links.includes(next)) return follow([...links, next], catalog);
  const circle = [...links.slice(links.indexOf(next)), next].map((link) => link.name).join(' → ');
  return { problems: [{ at, message: `extends goes in a circle: ${circle}`, hint: 'Take one `extends` out of the circle.' }] };
}

/** A project's `dev` that says `extends: dev` means the shipped one. */
function lookUp(name: string, from: DeclaredProfile, { declarations, shipped }: Catalog): DeclaredProfile | undefined {
  const own = declarations.profiles.find((profile) => profile.name === name);
  const base = shipped.find((profile) => profile.name === name);
  if (from.source === 'shipped') return base;
  return own === from ? (base ?? own) : (own ?? base);
}

function unknownBase(wanted: string, from: DeclaredProfile, { declarations, shipped }: Catalog): string {
  const own = declarations.profiles.map((profile) => profile.name).filter((name) => name !== from.name);
  const names = [...new Set([...own, ...shipped.map((profile) => profile.name)])];
  const near = suggest(wanted, names);
  const help = near === undefined ? `; there are ${names.join(', ')}` : `; did you mean \`${near}\`?`;
  return `extends \`${wanted}\`, which is no profile${help}`;
}
