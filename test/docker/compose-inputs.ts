import type { ComposeInputs } from '#docker/compose.ts';

/** Inputs of stack shop in /shop, with a few fields of one's own. */
export function someInputs(more: Partial<ComposeInputs> = {}): ComposeInputs {
  return {
    endpoint: { context: 'default', host: 'unix:///var/run/docker.sock', decidedBy: 'default', remote: false },
    projectName: 'shop',
    projectDirectory: '/shop',
    files: ['/shop/compose.yaml', '/shop/compose.dev.yaml'],
    envFiles: ['/shop/.env'],
    profiles: ['tools'],
    pass: {},
    ...more,
  };
}
