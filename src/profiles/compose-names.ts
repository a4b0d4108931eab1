/** What the name of a compose file says about it. */
export type ComposeFileKind =
  /** `compose.yaml`, `docker-compose.yml`: what compose takes by itself. */
  | { readonly kind: 'base' }
  /** `compose.override.yaml`: added by compose to the base by itself. */
  | { readonly kind: 'override' }
  /** `docker-compose.test.yml`, `compose.prod.selfhosted.yaml`: the parts between. */
  | { readonly kind: 'named'; readonly parts: readonly string[] };

/** undefined when a file of this name is no compose file. */
export function classifyComposeName(fileName: string): ComposeFileKind | undefined {
  const match = /^(?:docker-)?compose((?:[._-][^._-]+(?:-[^._-]+)*)*)\.ya?ml$/i.exec(fileName);
  if (!match) return undefined;
  const parts = (match[1] ?? '')
    .split(/[._]|^-/)
    .filter((part) => part !== '')
    .map((part) => part.toLowerCase());
  if (parts.length === 0) return { kind: 'base' };
  return parts.length === 1 && parts[0] === 'override' ? { kind: 'override' } : { kind: 'named', parts };
}

/** The base and override of one directory, chosen in the order in which compose chooses. */
export function chooseDefaultFiles(names: readonly string[]): readonly string[] {
  const base = DEFAULT_BASES.find((name) => names.includes(name));
  const override = DEFAULT_OVERRIDES.find((name) => names.includes(name));
  return [base, override].filter((name) => name !== undefined);
}

const DEFAULT_BASES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const DEFAULT_OVERRIDES = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'];

/** Whether projects keep compose files in folders of this name. */
export function isComposeFolder(name: string): boolean {
  return COMPOSE_FOLDERS.has(name.toLowerCase());
}

/** Whether any folder below one of this name may hold compose files (`docker/infisical/`). */
export function isContainerFolder(name: string): boolean {
  return CONTAINER_FOLDERS.has(name.toLowerCase());
}

const CONTAINER_FOLDERS = new Set([
  'docker',
  '.docker',
  'compose',
  'docker-compose',
  'containers',
  'deploy',
  'deployment',
  'deployments',
  'stacks',
]);
const COMPOSE_FOLDERS = new Set([
  ...CONTAINER_FOLDERS,
  'ci',
  'dev',
  'development',
  'e2e',
  'environments',
  'infra',
  'infrastructure',
  'integration',
  'local',
  'ops',
  'platform',
  'prod',
  'production',
  'runtime',
  'services',
  'staging',
  'test',
  'tests',
  '__tests__',
]);
