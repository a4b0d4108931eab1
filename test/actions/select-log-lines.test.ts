import { describe, expect, it } from 'vitest';
import { createLogFilter, pickFields } from '#actions/select-log-lines.ts';
import type { LogLine } from '#session/logs.ts';

let id = 0;
const line = (text: string, containerId = 'a'): LogLine => ({
  id: ++id,
  service: 'api',
  containerId,
  stream: 'stdout',
  timeNano: '1',
  text,
});
const shown = (selection: Parameters<typeof createLogFilter>[0], lines: readonly LogLine[]): readonly string[] =>
  lines.filter(createLogFilter(selection)).map((one) => one.text);

describe('which lines are shown', () => {
  it('matches without regard to case unless the expression has capitals', () => {
    const lines = [line('Timeout after 3 s'), line('timeout'), line('ok')];
    expect(shown({ grep: 'timeout|refused', level: undefined }, lines)).toEqual(['Timeout after 3 s', 'timeout']);
    expect(shown({ grep: 'Timeout', level: undefined }, lines)).toEqual(['Timeout after 3 s']);
  });

  it('matches the text, not its colours', () => {
    expect(shown({ grep: '^error$', level: undefined }, [line('\u001b[31merror\u001b[0m')])).toHaveLength(1);
  });

  it('keeps the lines of a stack trace with their error', () => {
    const lines = [line('INFO start'), line('  detail'), line('ERROR boom'), line('    at x (y.js:1)'), line('INFO on')];
    expect(shown({ grep: undefined, level: 'error' }, lines)).toEqual(['ERROR boom', '    at x (y.js:1)']);
  });

  it('does not take the trace of one container for that of another', () => {
    expect(shown({ grep: undefined, level: 'error' }, [line('ERROR boom', 'a'), line('  unrelated', 'b')])).toEqual(['ERROR boom']);
  });

  it('says where an expression is wrong', () => {
    expect(() => createLogFilter({ grep: '(', level: undefined })).toThrow(
      expect.objectContaining({ kind: 'usage', message: expect.stringContaining('--grep: ') }),
    );
  });
});

describe('fields of JSON lines', () => {
  it('are picked in the order that was asked for', () => {
    expect(pickFields('{"msg":"two words","level":"info","n":3,"o":{"x":1}}', ['level', 'msg', 'n', 'o', 'none'])).toBe(
      'level=info msg="two words" n=3 o={"x":1}',
    );
  });

  it('leave other lines alone', () => {
    expect(pickFields('no json', ['a'])).toBe('no json');
    expect(pickFields('{"a":1}', [])).toBe('{"a":1}');
  });
});
