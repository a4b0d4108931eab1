// The terminal UI on a made-up session, to look at: node test/tui/demo.ts [prod | no-engine | loading]

import { runTui } from '#tui/runtime/run-tui.tsx';
import { processTerminal } from '#tui/runtime/terminal.ts';
import { fakeOptions } from './fake-options.ts';
import { fakeStack, shopProfile } from './fake-stack.ts';

const variant = process.argv[2];
const stack =
  variant === 'prod'
    ? fakeStack({ profile: shopProfile({ name: 'prod', role: 'prod', protection: 'protected' }), state: { protection: 'protected' } })
    : variant === 'no-engine'
      ? fakeStack({
          state: {
            containers: {},
            connection: {
              status: 'lost',
              since: '',
              error: 'Cannot connect to unix:///var/run/docker.sock: no such file.',
              hint: 'Start Docker: sudo systemctl start docker',
            },
          },
        })
      : variant === 'loading'
        ? fakeStack({ state: { containers: {}, model: { status: 'loading', model: undefined }, connection: { status: 'connecting' } } })
        : fakeStack();
stack.session.log(
  'worker',
  "Error: Cannot find module '/app/dist/workers/index.js'",
  '    at Module._resolveFilename (node:internal/modules/cjs/loader:1144:15)',
  "  code: 'MODULE_NOT_FOUND'",
);
stack.session.log(
  'api',
  ...Array.from({ length: 60 }, (_, index) => `${index % 7 === 0 ? 'WARN slow query' : 'GET /orders'} ${index} 200 12ms`),
);
process.exit(await runTui(fakeOptions(processTerminal(process), { stack, pace: 1500 })));
