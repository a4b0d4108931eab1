// Bundles and runs the terminal UI on a made-up session, to look at: node test/tui/demo.mjs [prod | no-engine | loading]
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const outdir = mkdtempSync(join(tmpdir(), 'devctl-demo-'));
const entry = join(import.meta.dirname, 'demo-main.ts');
await build({
  entryPoints: [entry],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  outfile: join(outdir, 'demo.mjs'),
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  alias: { 'react-devtools-core': join(import.meta.dirname, '../../scripts/stubs/empty.mjs') },
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
await import(join(outdir, 'demo.mjs'));
