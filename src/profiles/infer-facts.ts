import type { Files } from '#system/files.ts';
import type { ComposeFile } from './compose-files.ts';
import { findUsages, type Usage } from './infer-usage.ts';
import type { YamlText } from './parse-yaml.ts';
import type { Problem } from './problems.ts';
import { topLevelName } from './project-name.ts';
import { readYaml } from './read-yaml.ts';

/** What a guess needs to know of one compose file; nothing of it is merged or interpolated. */
export interface ComposeFacts {
  readonly file: ComposeFile;
  /** Why it cannot be read. */
  readonly problems: readonly Problem[];
  /** Every service has what it needs to start in this very file. */
  readonly standsAlone: boolean;
  /** What the first service that cannot start lacks here, in words. */
  readonly incomplete: string | undefined;
  /** Compose profiles that its services name. */
  readonly composeProfiles: readonly string[];
  /** Whether some service starts without any compose profile. */
  readonly hasUnconditionalService: boolean;
  readonly projectName: string | undefined;
  /** How its own header says that it is used. */
  readonly usages: readonly Usage[];
}

/** Reads one compose file. Never throws: an unreadable one has problems. */
export async function readComposeFacts(files: Files, file: ComposeFile): Promise<ComposeFacts> {
  const yaml = await readYaml(files, file.path);
  if ('problems' in yaml) return { ...NOTHING, file, problems: yaml.problems.map((problem) => ({ hint: CORRECT, ...problem })) };
  const shape = shapeProblem(yaml, file.path);
  if (shape) return { ...NOTHING, file, problems: [{ hint: CORRECT, ...shape }] };
  const document = asMap(yaml.data);
  const services = servicesOf(asMap(document.services));
  const incomplete = services.find((service) => service.lacks !== undefined)?.lacks;
  return {
    file,
    problems: [],
    standsAlone: incomplete === undefined && (services.length > 0 || document.include !== undefined),
    incomplete,
    composeProfiles: [...new Set(services.flatMap((service) => service.profiles))],
    hasUnconditionalService: document.include !== undefined || services.some((service) => service.profiles.length === 0),
    projectName: topLevelName(yaml.text),
    usages: findUsages(headerOf(yaml.text)),
  };
}

/** What to do about a compose file that is wrong. */
export const CORRECT = 'Correct the file and try again.';

const NOTHING = {
  standsAlone: true,
  incomplete: undefined,
  composeProfiles: [],
  hasUnconditionalService: true,
  projectName: undefined,
  usages: [],
} as const;

type Json = Readonly<Record<string, unknown>>;

function shapeProblem(yaml: YamlText, file: string): Problem | undefined {
  if (yaml.data === null || yaml.data === undefined) return { at: { file, line: 1, column: 1 }, message: 'the compose file is empty' };
  if (!isMap(yaml.data)) return { at: yaml.locate([]), message: 'a compose file must be a map with `services:`' };
  const services = yaml.data.services;
  if (services === undefined || services === null || isMap(services)) return undefined;
  return { at: yaml.locate(['services']), message: 'services must be a map of names and services' };
}

interface ServiceFacts {
  readonly name: string;
  readonly lacks: string | undefined;
  readonly profiles: readonly string[];
}

function servicesOf(services: Json): readonly ServiceFacts[] {
  const names = Object.keys(services);
  return names.map((name) => {
    const service = asMap(services[name]);
    return { name, lacks: lackOf(name, service, names), profiles: textsOf(service.profiles) };
  });
}

function lackOf(name: string, service: Json, names: readonly string[]): string | undefined {
  const hasSource = ['image', 'build', 'extends', 'provider'].some((key) => service[key] !== undefined);
  if (!hasSource) return `\`${name}\` has neither image nor build here`;
  const dangling = dependenciesOf(service).find((dependency) => !names.includes(dependency));
  return dangling === undefined ? undefined : `\`${name}\` depends on \`${dangling}\`, which is not here`;
}

/** A dependency that is not in the file must come from another one. */
function dependenciesOf(service: Json): readonly string[] {
  const dependsOn = service.depends_on;
  return isMap(dependsOn)
    ? Object.entries(dependsOn).flatMap(([name, how]) => (asMap(how).required === false ? [] : name))
    : textsOf(dependsOn);
}

function headerOf(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#') && line.trim() !== '---');
  return lines.slice(0, end === -1 ? lines.length : end).join('\n');
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asMap(value: unknown): Json {
  return isMap(value) ? value : {};
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
