import type { SourceLocation } from '#domain/location.ts';
import type { SettingOrigin } from '#domain/profile.ts';
import type { Problem } from './problems.ts';
import type { ProfileSettings } from './schema.ts';

/** Settings from one place: a profile file, the shared part of devctl.yaml, a shipped profile, or a guess. */
export interface Layer {
  readonly settings: ProfileSettings;
  locate(path: readonly PropertyKey[], what?: 'key' | 'value'): SourceLocation;
}

/** A profile as declared or guessed, before `extends` and defaults. Problems of its own make it unusable. */
export interface DeclaredProfile {
  readonly name: string;
  readonly source: 'file' | 'inferred' | 'shipped';
  readonly layer: Layer | undefined;
  readonly problems: readonly Problem[];
}

/** Everything that a project declares about its profiles. */
export interface Declarations {
  /** The project's name. */
  readonly name: string;
  /** undefined: several profiles, none of which is the obvious one. */
  readonly defaultName: string | undefined;
  readonly shared: Layer | undefined;
  readonly profiles: readonly DeclaredProfile[];
}

/** Layers merged, lowest first: maps deep, lists and the engine as a whole. */
export function mergeLayers(layers: readonly Layer[]): {
  readonly settings: ProfileSettings;
  readonly origin: Readonly<Record<string, SettingOrigin>>;
} {
  const settings = layers.reduce<Json>((merged, layer) => mergeMaps(merged, layer.settings), {});
  const origin = leavesOf(settings).map(({ path, value }) => [path.join('.'), { ...locateIn(layers, path), value }] as const);
  return { settings: settings as ProfileSettings, origin: Object.fromEntries(origin) };
}

type Json = Readonly<Record<string, unknown>>;

/** `{context}` over `{host}` must not leave both. */
const WHOLE = ['engine'];

function mergeMaps(base: Json, over: Json): Json {
  const merged = Object.entries(over)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const below = base[key];
      return [key, isMap(below) && isMap(value) && !WHOLE.includes(key) ? mergeMaps(below, value) : value] as const;
    });
  return { ...base, ...Object.fromEntries(merged) };
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: string | number | boolean | null;
}

function leavesOf(value: unknown, path: readonly (string | number)[] = []): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => leavesOf(element, [...path, index]));
  if (isMap(value)) return Object.entries(value).flatMap(([key, element]) => leavesOf(element, [...path, key]));
  return value === undefined ? [] : [{ path, value: value as Leaf['value'] }];
}

/** A list comes whole from the topmost layer that has it, so its elements are looked up there. */
function locateIn(layers: readonly Layer[], path: readonly (string | number)[]): SourceLocation {
  const firstIndex = path.findIndex((step) => typeof step === 'number');
  const decisive = firstIndex === -1 ? path : path.slice(0, firstIndex);
  const layer = layers.findLast((one) => hasPath(one.settings, decisive)) ?? layers.at(-1);
  return layer?.locate(path) ?? { file: '', line: 1, column: 1 };
}

function hasPath(settings: unknown, path: readonly (string | number)[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return settings !== undefined;
  return isMap(settings) && hasPath(settings[step], rest);
}
