import { globalRegistry, type ZodType } from 'zod';
import type { OptionMeta } from '#actions/action.ts';

/** One key of an action's options as the command line shows it. */
export interface OptionFlag {
  /** Key in the options object. */
  readonly key: string;
  /** `--this-machine`; for a positional its bare name. */
  readonly name: string;
  readonly meta: OptionMeta;
  readonly description: string;
  readonly type: 'boolean' | 'number' | 'text' | 'list';
  /** Allowed words, for an enum. */
  readonly choices: readonly string[] | undefined;
  /** Whether it may be left out. */
  readonly optional: boolean;
  /** A boolean that is on unless `--no-…` is given. */
  readonly onByDefault: boolean;
}

/** The flags and positionals of a schema, in its order. Throws a bug for a schema that is no object. */
export function readFlags(schema: ZodType): readonly OptionFlag[] {
  const { def } = schema as unknown as Described;
  if (def.type !== 'object') throw new Error('The options of an action are an object');
  return Object.entries(def.shape ?? {}).map(([key, value]) => readFlag(key, value));
}

/** `thisMachine` → `--this-machine` */
function flagName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The part of a zod schema that is looked at (zod 4, `schema.def`). */
interface Described {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, ZodType>>;
    readonly innerType?: ZodType;
    readonly in?: ZodType;
    readonly out?: ZodType;
    readonly defaultValue?: unknown;
    readonly entries?: Readonly<Record<string, string>>;
  };
}

function readFlag(key: string, schema: ZodType): OptionFlag {
  const layers = unwrap(schema);
  const inner = layers.at(-1) as ZodType;
  const { def } = inner as unknown as Described;
  const meta = Object.assign({}, ...layers.toReversed().map((layer) => globalRegistry.get(layer) ?? {})) as OptionMeta & {
    description?: string;
  };
  return {
    key,
    name: meta.positional ? key : flagName(key),
    meta,
    description: meta.description ?? '',
    type: TYPES[def.type] ?? 'text',
    choices: def.type === 'enum' ? Object.values(def.entries ?? {}) : undefined,
    optional: layers.some((layer) => OPTIONAL.has((layer as unknown as Described).def.type)),
    onByDefault: layers.some((layer) => (layer as unknown as Described).def.defaultValue === true),
  };
}

const TYPES: Readonly<Record<string, OptionFlag['type']>> = { boolean: 'boolean', number: 'number', int: 'number', array: 'list' };
const OPTIONAL: ReadonlySet<string> = new Set(['optional', 'default', 'prefault', 'catch']);

/** A schema and what it wraps, outermost first. A pipe is judged by what it takes in. */
function unwrap(schema: ZodType): readonly ZodType[] {
  const { def } = schema as unknown as Described;
  const intoPipe = def.in && (def.in as unknown as Described).def.type !== 'transform' ? def.in : def.out;
  const inner = def.innerType ?? (def.type === 'pipe' ? intoPipe : undefined);
  return inner ? [schema, ...unwrap(inner)] : [schema];
}
