import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildJsonSchema } from '#profiles/json-schema.ts';
import { loadShippedProfiles } from '#profiles/shipped.ts';
import { files } from './temporary-project.ts';

const PROFILES = path.resolve(import.meta.dirname, '../../profiles');

type Schema = { readonly [key: string]: unknown };

describe('profiles/schema.json', () => {
  test('is current: after a change of the schema run `node scripts/generate-schema.ts`', async () => {
    expect(JSON.parse(await readFile(path.join(PROFILES, 'schema.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(buildJsonSchema())));
  });

  test('describes every field', () => {
    expect(undescribed(buildJsonSchema(), '')).toEqual([]);
  });
});

describe('shipped profiles', () => {
  test('are valid, and their protection follows their role', async () => {
    const shipped = await loadShippedProfiles(files);
    expect(shipped.flatMap((profile) => profile.problems)).toEqual([]);
    expect(shipped.map((profile) => [profile.name, profile.layer?.settings.role])).toEqual([
      ['dev', 'dev'],
      ['test', 'test'],
      ['e2e', 'e2e'],
      ['prod', 'prod'],
    ]);
    expect(shipped.filter((profile) => profile.layer?.settings.protection !== undefined)).toEqual([]);
  });

  test('point editors at the schema in their first line', async () => {
    for (const name of ['dev', 'test', 'e2e', 'prod']) {
      expect((await readFile(path.join(PROFILES, `${name}.yaml`), 'utf8')).split('\n')[0]).toBe(
        '# yaml-language-server: $schema=./schema.json',
      );
    }
  });
});

/** Paths of properties without a description. */
function undescribed(schema: unknown, at: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((one, index) => undescribed(one, `${at}[${index}]`));
  const { properties, ...rest } = schema as Schema;
  const own = Object.entries((properties ?? {}) as Schema).flatMap(([name, property]) => {
    const described = typeof (property as Schema).description === 'string' || '$ref' in (property as Schema);
    return [...(described ? [] : [`${at}.${name}`]), ...undescribed(property, `${at}.${name}`)];
  });
  return [...own, ...Object.entries(rest).flatMap(([key, value]) => undescribed(value, `${at}/${key}`))];
}
