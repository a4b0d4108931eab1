import { expect, test } from 'vitest';
import { buildComposeEnv, namesDefinedIn, namesUsedIn } from '#docker/compose-env.ts';
import { someInputs } from './compose-inputs.ts';

test('the shell neither beats the env files nor brings COMPOSE_* or another engine', () => {
  const shell = {
    PATH: '/bin',
    PORT: '9',
    TAG: 'shell',
    CI_TAG: 'ci',
    COMPOSE_FILE: 'other.yaml',
    COMPOSE_PARALLEL_LIMIT: '1',
    DOCKER_HOST: 'tcp://elsewhere:2375',
    DOCKER_CONTEXT: 'elsewhere',
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CONFIG: '/cfg',
  };
  const env = buildComposeEnv(shell, someInputs({ pass: { TAG: 'passed' } }), new Set(['TAG', 'PORT']));
  expect(env).toMatchObject({
    PATH: '/bin',
    TAG: 'passed',
    CI_TAG: 'ci',
    DOCKER_CONFIG: '/cfg',
    DOCKER_HOST: 'unix:///var/run/docker.sock',
  });
  expect(env).toMatchObject({
    COMPOSE_FILE: '',
    COMPOSE_PROFILES: '',
    COMPOSE_PROJECT_NAME: '',
    COMPOSE_REMOVE_ORPHANS: '0',
    COMPOSE_MENU: '0',
  });
  for (const name of ['PORT', 'COMPOSE_PARALLEL_LIMIT', 'DOCKER_CONTEXT', 'DOCKER_TLS_VERIFY']) expect(env).not.toHaveProperty(name);
});

test('names that an env file defines', () => {
  const text = [
    '# COMMENT=1',
    'A=1',
    ' export B = "x"',
    'C: yaml-like',
    "KEY='-----BEGIN",
    'INNER=not a name',
    "-----END'",
    'D="say \\"hi',
    'E2=no"',
    'BARE',
    'F=',
    'G.h=1',
  ].join('\n');
  expect([...namesDefinedIn(text)]).toEqual(['A', 'B', 'C', 'KEY', 'D', 'F', 'G.h']);
});

test('names that a compose file interpolates', () => {
  const text = `image: $A:\${B:-\${C}}\ncommand: echo $$HOME $\${NOT}\nx: \${D:?must} \${E+y} $5 costs`;
  expect([...namesUsedIn(text)].sort()).toEqual(['A', 'B', 'C', 'D', 'E']);
});
