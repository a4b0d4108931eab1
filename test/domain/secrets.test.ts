import { describe, expect, it } from 'vitest';
import { isSecretName, maskArgv, maskText, maskValue } from '#domain/secrets.ts';

describe('masking', () => {
  it.each(['POSTGRES_PASSWORD', 'JWT_SECRET', 'STRIPE_API_KEY', 'GITHUB_TOKEN', 'SENTRY_DSN', 'B2_KEY'])(
    'takes %s for a secret',
    (name) => {
      expect(isSecretName(name)).toBe(true);
      expect(maskValue(name, 'hunter2')).toBe('•••');
    },
  );

  it.each(['PORT', 'NODE_ENV', 'POSTGRES_USER', 'LOG_LEVEL', 'MONKEY'])('shows %s', (name) => {
    expect(maskValue(name, 'value')).toBe('value');
  });

  it('masks passwords inside URLs and nothing else of them', () => {
    expect(maskText('try postgres://app:s3cr@t@db:5432/app and redis://:pw@cache')).toBe(
      'try postgres://app:•••@db:5432/app and redis://:•••@cache',
    );
  });

  it('masks argv: pairs, flags with a value, URLs', () => {
    expect(maskArgv(['run', '-e', 'API_TOKEN=abc', '--password', 'x', 'psql', 'postgres://u:p@h/d'])).toEqual([
      'run',
      '-e',
      'API_TOKEN=•••',
      '--password',
      '•••',
      'psql',
      'postgres://u:•••@h/d',
    ]);
  });
});
