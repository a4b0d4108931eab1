import { COMPOSE_LABEL } from '#domain/container.ts';
import type { ContainerEventAction, EngineEvent } from './engine.ts';

/** One line of `GET /events`; undefined for a line or kind that is of no interest. */
export function parseEvent(line: string): EngineEvent | undefined {
  if (line.trim() === '') return undefined;
  const raw = JSON.parse(line) as RawEvent;
  const attributes = raw.Actor?.Attributes ?? {};
  const timeNano = nanosecondsIn(line);
  if (raw.Type === 'volume') return { kind: 'volume', action: raw.Action, name: raw.Actor?.ID ?? '', timeNano };
  if (raw.Type === 'network')
    return { kind: 'network', action: raw.Action, name: attributes.name ?? '', container: attributes.container, timeNano };
  if (raw.Type !== 'container') return undefined;
  // `health_status: healthy`, `exec_create: /bin/sh -c …`
  const [action = '', detail] = raw.Action.split(': ', 2);
  return {
    kind: 'container',
    action: action as ContainerEventAction,
    id: raw.Actor?.ID ?? '',
    service: attributes[COMPOSE_LABEL.service] ?? '',
    name: attributes.name ?? '',
    attributes: action === 'health_status' && detail ? { ...attributes, [HEALTH_ATTRIBUTE]: detail } : attributes,
    timeNano,
  };
}

/** Attribute of a health_status event: `healthy`, `unhealthy`. The engine hides it in the action's name. */
export const HEALTH_ATTRIBUTE = 'health';

interface RawEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
}

/** Read from the text: as a number of JavaScript it would lose its last digits. It is the last field. */
function nanosecondsIn(line: string): string {
  return line.slice(line.lastIndexOf('"timeNano":')).replace(/\D/g, '') || '0';
}
