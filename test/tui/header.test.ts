import { describe, expect, test } from 'vitest';
import { bannersFor } from '#tui/banner.tsx';
import { formatHeader, type HeaderFacts } from '#tui/header.tsx';
import { themeOf } from '#tui/theme.ts';
import { lineText } from '#tui/widgets/line.ts';

const THEME = themeOf('dark', false);
const DEV: HeaderFacts & { readonly screen: string } = {
  project: 'shop',
  profile: 'dev',
  protection: 'guarded',
  source: 'file',
  engine: '',
  status: 'healthy',
  healthy: 5,
  total: 5,
  isConnected: true,
  screen: 'stack',
};

describe('the header', () => {
  test('names project, profile, protection, health, and the screens that exist', () => {
    const text = lineText(formatHeader(DEV, THEME, 120));
    expect(text).toMatch(/^ shop ▸ dev {2}guarded +● 5\/5 healthy +1 Stack {2}p profile $/);
  });

  test('says when profiles are inferred and when the engine is not the default one', () => {
    const text = lineText(formatHeader({ ...DEV, source: 'inferred', engine: 'on prod-box' }, THEME, 120));
    expect(text).toContain('inferred');
    expect(text).toContain('on prod-box');
  });

  test('is in the danger colour from edge to edge on a protected profile', () => {
    const line = formatHeader({ ...DEV, profile: 'prod', protection: 'protected' }, THEME, 80);
    expect(lineText(line)).toContain('PROTECTED');
    expect(lineText(line)).toHaveLength(80);
    expect(new Set(line.map((part) => part.role))).toEqual(new Set(['danger']));
  });

  test('keeps health as a sign and a word', () => {
    expect(lineText(formatHeader({ ...DEV, status: 'unhealthy', healthy: 3 }, THEME, 80))).toContain('✖ 3/5 healthy');
    expect(lineText(formatHeader({ ...DEV, isConnected: false }, THEME, 80))).toContain('– not connected');
  });
});

describe('banners', () => {
  const QUIET = {
    connection: { status: 'connected', engineVersion: '26', context: 'default', endpoint: '' },
    model: { status: 'none', model: undefined },
    foreign: undefined,
    unfinished: [],
    opening: undefined,
  } as const;

  test('none when all is well', () => {
    expect(bannersFor(QUIET)).toEqual([]);
  });

  test('a lost connection, broken files, a foreign stack and unfinished work say what to do', () => {
    const texts = bannersFor({
      ...QUIET,
      connection: { status: 'lost', since: '', error: 'socket closed', hint: undefined },
      model: { status: 'failed', error: 'no such file', hint: 'Look at line 3.', model: undefined },
      foreign: { reason: 'other-directory', found: '/elsewhere', expected: '/shop' },
      unfinished: ['01J'],
    }).map((banner) => banner.text);
    expect(texts).toEqual([
      'Connection lost: socket closed. Trying again by itself; what is shown is from before.',
      'docker compose config: no such file Look at line 3.',
      'Foreign stack: was started from /elsewhere, not /shop. Changes ask more than usual.',
      'A change did not finish: devctl was killed. The next change settles it first; devctl journal tells more.',
    ]);
  });
});
