import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DevctlError } from '#domain/error.ts';
import { classifyComposeName } from '#profiles/compose-names.ts';
import { findUsages } from '#profiles/infer-usage.ts';
import { parseYaml } from '#profiles/parse-yaml.ts';
import { problemsError } from '#profiles/problems.ts';
import { normaliseProjectName, PROJECT_NAME, proposeProjectName } from '#profiles/project-name.ts';
import { profileSchema } from '#profiles/schema.ts';
import { validate } from '#profiles/validate.ts';

const PROFILE = `extends: prod
role: prod
compose: {files: [a.yaml], projectName: shop}
env:
  files: [.env]
health:
  deadline: 120s
  probes:
    - {name: api, http: "http://x/y", expect: {json: {a: {b: [1, null]}}}}
commands: &c
  lint: {run: host, command: pnpm lint}
`;

describe('whatever stands in a file', () => {
  test('a mutilated profile is valid, or an error with places inside the text', () => {
    const piece = fc.constantFrom(
      '',
      ':',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '!x ',
      '\t',
      '\n',
      '"',
      "'",
      '#',
      '<<: *c',
      '\u0000',
      '💥',
      '  ',
      '? ',
      '|',
    );
    fc.assert(
      fc.property(fc.nat(PROFILE.length), fc.nat(12), piece, (start, length, inserted) => {
        const text = PROFILE.slice(0, start) + inserted + PROFILE.slice(start + length);
        const parsed = parseYaml('/p/x.yaml', text);
        const result = 'problems' in parsed ? parsed : validate(profileSchema, parsed.data, { yaml: parsed, at: [] });
        if (!('problems' in result)) return;
        expect(problemsError(result.problems, '/p')).toBeInstanceOf(DevctlError);
        for (const { at } of result.problems) {
          expect(at.line).toBeGreaterThan(0);
          expect(at.line).toBeLessThanOrEqual(text.split('\n').length);
          expect(at.column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('any data is valid or has problems, never a crash', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const parsed = parseYaml('/p/x.yaml', text);
        if (!('problems' in parsed)) validate(profileSchema, parsed.data, { yaml: parsed, at: [] });
      }),
    );
  });
});

describe('names', () => {
  test('what is proposed or made of any text is a project name, or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(proposeProjectName(name)).toMatch(PROJECT_NAME);
        expect(normaliseProjectName(name)).toMatch(/^$|^[a-z0-9][a-z0-9_-]*$/);
      }),
    );
  });

  test.each<[string, unknown]>([
    ['compose.yaml', { kind: 'base' }],
    ['docker-compose.yml', { kind: 'base' }],
    ['docker-compose.override.yml', { kind: 'override' }],
    ['compose.prod.selfhosted.yaml', { kind: 'named', parts: ['prod', 'selfhosted'] }],
    ['docker-compose-test.yml', { kind: 'named', parts: ['test'] }],
    ['docker-compose_test.yml', { kind: 'named', parts: ['test'] }],
    ['compose.pre-prod.yaml', { kind: 'named', parts: ['pre-prod'] }],
    ['composer.yaml', undefined],
    ['my-compose.yaml', undefined],
    ['compose.yaml.bak', undefined],
    ['compose.json', undefined],
    ['compose..yaml', undefined],
  ])('%s', (name, expected) => {
    expect(classifyComposeName(name)).toEqual(expected);
  });
});

describe('compose command lines in texts', () => {
  test.each<[string, unknown]>([
    [
      '# docker compose -f a.yml -f b.yml --env-file .env.x --profile e2e -p shop up -d',
      [{ files: ['a.yml', 'b.yml'], envFiles: ['.env.x'], profiles: ['e2e'], projectName: 'shop' }],
    ],
    ['docker-compose --file=a.yml up -f ignored', [{ files: ['a.yml'], envFiles: [], profiles: [], projectName: undefined }]],
    ['`docker compose up`', [{ files: [], envFiles: [], profiles: [], projectName: undefined }]],
    [
      'docker compose -f "a.yml" down && docker compose -f b.yml --verbose up',
      [
        { files: ['a.yml'], envFiles: [], profiles: [], projectName: undefined },
        { files: ['b.yml'], envFiles: [], profiles: [], projectName: undefined },
      ],
    ],
    ['docker compose -f', [{ files: [], envFiles: [], profiles: [], projectName: undefined }]],
    ['the docker composer', []],
  ])('%s', (text, expected) => {
    expect(findUsages(text)).toEqual(expected);
  });

  test('any text', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(findUsages(`docker compose ${text}`))));
  });
});
