import { describe, expect, it } from 'vitest';
import { fieldsOf, isAtLeast, levelOf } from '#domain/log-level.ts';

describe('the level of a log line', () => {
  it.each([
    ['{"level":"warn","msg":"x"}', 'warn'],
    ['{"level":50,"msg":"pino"}', 'error'],
    ['{"level":60}', 'fatal'],
    ['{"severity":"CRITICAL"}', 'fatal'],
    ['{"msg":"error in text only"}', undefined],
    ['{broken json error', 'error'],
    ['time=2026-01-01 level=error msg="x"', 'error'],
    ['2026-11-21 00:10:18.705 UTC [63] FATAL:  role "root" does not exist', 'fatal'],
    ['2026-11-21 00:10:18 [Warning] InnoDB: x', 'warn'],
    ['Error: Cannot find module', 'error'],
    ['[ERR] x', 'error'],
    ['GET /information 200', undefined],
    ['errors-total 5', undefined],
    ['plain words', undefined],
  ])('%s', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });

  it('is compared by how bad it is', () => {
    expect(isAtLeast('error', 'warn')).toBe(true);
    expect(isAtLeast('info', 'warn')).toBe(false);
  });

  it('reads the fields of JSON lines only', () => {
    expect(fieldsOf('{"a":1}')).toEqual({ a: 1 });
    expect(fieldsOf('[1]')).toBeUndefined();
    expect(fieldsOf('{')).toBeUndefined();
  });
});
