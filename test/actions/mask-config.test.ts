import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { maskConfig } from '#actions/mask-config.ts';

const CONFIG = `name: shop
services:
  api:
    build:
      context: /shop
      args:
        NPM_TOKEN: abc123
    environment:
      API_KEY: very-secret
      DATABASE_URL: postgres://app:hunter2@db/app
      LOG_LEVEL: info
      SECRET_NUMBER: 42
    command: ["--url", "redis://:pw@cache"]
  old:
    environment:
      - PASSWORD=secret
      - MODE=dev
configs:
  app:
    content: |
      anything
secrets:
  token:
    file: /shop/token.txt
`;

describe('a configuration with secrets masked', () => {
  it('hides values by their names, contents, and passwords in URLs; nothing else', async () => {
    const masked = parse(await maskConfig(CONFIG));
    expect(masked.services.api.environment).toEqual({
      API_KEY: '•••',
      DATABASE_URL: 'postgres://app:•••@db/app',
      LOG_LEVEL: 'info',
      SECRET_NUMBER: '•••',
    });
    expect(masked.services.api.build).toEqual({ context: '/shop', args: { NPM_TOKEN: '•••' } });
    expect(masked.services.old.environment).toEqual(['PASSWORD=•••', 'MODE=dev']);
    expect(masked.configs.app.content).toBe('•••');
    expect(masked.secrets.token).toEqual({ file: '/shop/token.txt' });
    expect(await maskConfig(CONFIG)).not.toMatch(/very-secret|hunter2|abc123|anything/);
  });

  it('takes JSON too', async () => {
    const text = JSON.stringify({ services: { api: { environment: { API_KEY: 'x', MODE: 'dev' } } } });
    expect(JSON.parse(await maskConfig(text))).toEqual({ services: { api: { environment: { API_KEY: '•••', MODE: 'dev' } } } });
  });
});
