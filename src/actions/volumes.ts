import * as z from 'zod';
import type { VolumeState } from '#domain/container.ts';
import { usersOfVolume, type VolumeModel } from '#domain/model.ts';
import { formatBytes } from '#domain/size.ts';
import type { Query } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { formatTable, painted } from './format-table.ts';
import { readModel } from './read-stack.ts';

const options = z.object({
  size: z.boolean().default(false).meta({ description: 'how big each is (the engine walks the disk)' }),
});

interface VolumeRow {
  readonly name: string;
  /** Name in the compose file; undefined: not in the model. */
  readonly key: string | undefined;
  readonly driver: string;
  readonly external: boolean;
  readonly exists: boolean;
  readonly bytes: number | undefined;
  /** Services of the model that mount it. */
  readonly services: readonly string[];
  /** Containers that mount it now, holders left out. */
  readonly usedBy: readonly string[];
  /** Whether a holder keeps it from being removed. */
  readonly locked: boolean;
  readonly createdAt: string | undefined;
}

/** Lists the stack's volumes: those of the model and those that carry the project's label. */
export const volumes: Query<z.infer<typeof options>, { readonly rows: readonly VolumeRow[]; readonly withSize: boolean }> = {
  kind: 'query',
  id: 'data.volumes',
  command: 'volumes',
  title: 'List volumes',
  summary: "the stack's volumes, who uses them, and which are locked",
  examples: ['devctl volumes', 'devctl volumes --size --json'],
  options,
  unavailable: unavailableWithoutEngine,
  read: async (context, { size }) => {
    const [engine, model, { projectName }] = await Promise.all([context.engine(), readModel(context), context.inputs()]);
    const modelled = Object.values(model.volumes);
    const hasExternal = modelled.some((one) => one.external);
    const [listed, holders] = await Promise.all([
      engine.volumes({ ...(hasExternal ? {} : { project: projectName }), sizes: size }),
      engine.holders(),
    ]);
    const locked = new Set(holders.map((one) => one.volume));
    const known = new Map(listed.map((one) => [one.name, one]));
    const ofModel = await Promise.all(
      modelled.map(async (one) =>
        toRow(one, known.get(one.name) ?? (await engine.volume(one.name)), locked, usersOfVolume(model, one.key)),
      ),
    );
    const others = listed.filter(
      (one) => one.labels['com.docker.compose.project'] === projectName && !modelled.some((volume) => volume.name === one.name),
    );
    return { rows: [...ofModel, ...others.map((one) => toRow(undefined, one, locked, []))], withSize: size };
  },
  document: ({ rows }) => ({
    schema: 1,
    volumes: rows.map((row) => ({ ...row, key: row.key ?? null, bytes: row.bytes ?? null, createdAt: row.createdAt ?? null })),
  }),
  lines: ({ rows, withSize }, paint) => {
    if (rows.length === 0) return ['No volumes.'];
    const head = ['NAME', 'DRIVER', ...(withSize ? ['SIZE'] : []), 'SERVICES', ''].map((text) => painted(text, paint.dim));
    return formatTable([head, ...rows.map((row) => cellsOf(row, withSize))]);
  },
};

function toRow(
  model: VolumeModel | undefined,
  state: VolumeState | undefined,
  locked: ReadonlySet<string>,
  services: readonly string[],
): VolumeRow {
  const name = model?.name ?? state?.name ?? '';
  return {
    name,
    key: model?.key,
    driver: state?.driver ?? model?.driver ?? 'local',
    external: model?.external ?? false,
    exists: state !== undefined,
    bytes: state?.bytes,
    services,
    usedBy: state?.usedBy ?? [],
    locked: locked.has(name),
    createdAt: state?.createdAt,
  };
}

function cellsOf(row: VolumeRow, withSize: boolean): readonly string[] {
  const remarks = [
    row.external ? 'external' : '',
    row.locked ? 'locked' : '',
    row.exists ? '' : 'not made yet',
    row.key === undefined ? 'in no compose file any more' : '',
  ].filter(Boolean);
  const size = row.bytes === undefined ? '' : formatBytes(row.bytes);
  return [row.name, row.driver, ...(withSize ? [size] : []), row.services.join(', '), remarks.join(', ')];
}
