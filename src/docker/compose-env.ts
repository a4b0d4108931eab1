import type { ComposeInputs } from './compose.ts';

/**
 * The environment of a compose child: devctl's own, without `COMPOSE_*`, without names that the env files define (else the shell
 * would beat the profile), with the profile's `env.pass`, and with the engine that the Engine API talks to.
 */
export function buildComposeEnv(
  env: Readonly<Record<string, string>>,
  inputs: ComposeInputs,
  definedNames: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('COMPOSE_') && !ENGINE_NAMES.has(name) && !definedNames.has(name));
  return { ...Object.fromEntries(kept), ...inputs.pass, ...PINNED, DOCKER_HOST: inputs.endpoint.host };
}

/** Only plain endpoints get here (context.ts), so that nothing of TLS applies. */
const ENGINE_NAMES: ReadonlySet<string> = new Set([
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_TLS',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
  'DOCKER_API_VERSION',
]);

/** An env file can set these too, and compose would obey; what stands in the environment wins. `up` must never delete orphans by itself. */
const PINNED: Readonly<Record<string, string>> = {
  COMPOSE_FILE: '',
  COMPOSE_PROFILES: '',
  COMPOSE_PROJECT_NAME: '',
  COMPOSE_ENV_FILES: '',
  COMPOSE_IGNORE_ORPHANS: '',
  COMPOSE_REMOVE_ORPHANS: '0',
  COMPOSE_MENU: '0',
  COMPOSE_ANSI: '',
  COMPOSE_PROGRESS: '',
  COMPOSE_COMPATIBILITY: '',
  COMPOSE_STATUS_STDOUT: '',
};

/** Names that an env file gives a value (compose's dotenv dialect: `export`, `#`, quotes over several lines). A bare name passes the shell's through. */
export function namesDefinedIn(envFile: string): ReadonlySet<string> {
  const names = [...envFile.matchAll(ASSIGNMENT)].map((match) => match[1] ?? '');
  return new Set(names);
}

// A quoted value is eaten whole, so that lines within it are not taken for assignments.
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[^\r\n]*)/gm;

/** Names of variables that compose files interpolate: `$NAME`, `${NAME:-…}`, nested ones included; `$$` is none. */
export function namesUsedIn(composeFile: string): ReadonlySet<string> {
  const unescaped = composeFile.replaceAll('$$', '');
  return new Set([...unescaped.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? ''));
}
