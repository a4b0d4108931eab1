import { describe, expect, it } from 'vitest';
import { plainPaint } from '#cli/paint.ts';
import { errorDocument, formatError } from '#cli/print-error.ts';
import { DevctlError } from '#domain/error.ts';

const paint = plainPaint(80);

describe('an error on a terminal', () => {
  it('says what failed, why in the words of the tool, and what to type', () => {
    const error = new DevctlError('external', 'The stack did not start.', {
      hint: 'devctl status explains more.',
      command: { argv: ['docker', 'compose', 'up'], exitCode: 1, stderr: ['first', 'port is already \u001b[31mallocated\u001b[0m'] },
    });
    expect(formatError(error, paint, false)).toEqual([
      '✖ The stack did not start.',
      '  $ docker compose up',
      '  exit code 1',
      '  │ first',
      '  │ port is already allocated',
      '  → devctl status explains more.',
    ]);
  });

  it('shows a stack only when asked', () => {
    const error = new DevctlError('bug', 'Cannot read x', { cause: new Error('inner') });
    expect(formatError(error, paint, false)).toEqual(['✖ Cannot read x', '  This is a fault in devctl. --verbose shows where.']);
    const verbose = formatError(error, paint, true).join('\n');
    expect(verbose).toContain('print-error.test.ts');
    expect(verbose).toContain('Caused by: Error: inner');
  });

  it('indents the lines of a long message', () => {
    expect(formatError(new DevctlError('usage', '2 problems:\na\nb'), paint, false)).toEqual(['✖ 2 problems:', '  a', '  b']);
  });
});

describe('an error as JSON', () => {
  it('has the shape of the design', () => {
    const error = new DevctlError('external', 'no', { command: { argv: ['docker'], exitCode: 7, stderr: ['x'] } });
    expect(errorDocument(error)).toEqual({
      schema: 1,
      error: { kind: 'external', message: 'no', hint: null, command: ['docker'], exitCode: 7, stderr: ['x'] },
    });
  });

  it('carries the details of a refusal beside it', () => {
    const error = new DevctlError('refused', 'no', { details: { refused: true, allow: '--yes' } });
    expect(errorDocument(error)).toMatchObject({ schema: 1, refused: true, allow: '--yes', error: { kind: 'refused' } });
  });
});
