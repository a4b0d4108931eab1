import { DevctlError } from '#domain/error.ts';
import type { ComposeFacts, ComposeVersion } from './compose.ts';

/** Engine API version that every request names; spoken by every Engine from 25.0 on (design: architecture, Docker). */
export const ENGINE_API = '1.44';
/** The oldest Engine that speaks it. */
export const MINIMUM_ENGINE = '25.0';
/** Oldest Compose that does all that devctl needs; 2.25 prints YAML for `config --format json`. */
export const MINIMUM_COMPOSE = '2.26.1';

/** Since which Compose each fact is true (reference: compose-wrapping §1). The only place where versions are compared. */
const COMPOSE_SINCE: Readonly<Record<keyof ComposeFacts, string>> = {
  progressJson: '2.29.0',
  volumeRecreatePrompt: '2.32.0',
  progressStates: '5.0.0',
};

/** Judges what `docker compose version --short` printed (`2.26.1-4`, `v2.40.3-desktop.1`). Throws `environment` when it is too old. */
export function judgeComposeVersion(printed: string): ComposeVersion {
  const text = printed.trim().replace(/^v/, '');
  if (!/^\d+\.\d+/.test(text)) {
    throw new DevctlError('environment', `docker compose answered "${text}" when asked for its version.`, { hint: INSTALL_COMPOSE });
  }
  if (!isAtLeast(text, MINIMUM_COMPOSE)) {
    throw new DevctlError('environment', `Docker Compose ${text} is too old: devctl needs ${MINIMUM_COMPOSE} or newer.`, {
      hint: INSTALL_COMPOSE,
    });
  }
  const since = (fact: keyof ComposeFacts): boolean => isAtLeast(text, COMPOSE_SINCE[fact]);
  return {
    text,
    facts: {
      progressJson: since('progressJson'),
      volumeRecreatePrompt: since('volumeRecreatePrompt'),
      progressStates: since('progressStates'),
    },
  };
}

/** Whether a version is that one or newer. Suffixes do not count: distributions add theirs (`2.26.1-4`). */
export function isAtLeast(version: string, floor: string): boolean {
  const [ours, least] = [numbersOf(version), numbersOf(floor)];
  const differs = least.findIndex((number, index) => (ours[index] ?? 0) !== number);
  return differs === -1 || (ours[differs] ?? 0) > (least[differs] ?? 0);
}

function numbersOf(version: string): readonly number[] {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}

/** Hint for a missing or old plugin. */
export const INSTALL_COMPOSE = 'Install the Compose plugin: https://docs.docker.com/compose/install/';
