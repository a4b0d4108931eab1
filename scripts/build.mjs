// Bundles src/main.ts into dist/: split ESM, so that React, Ink and the Docker client load only on paths that need them.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url);
const path = (relative) => fileURLToPath(new URL(relative, root));
const empty = path('scripts/stubs/empty.mjs');

await rm(path('dist'), { recursive: true, force: true });
await build({
  absWorkingDir: path('.'),
  entryPoints: { main: 'src/main.ts' },
  outdir: path('dist'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  sourcemap: 'linked',
  sourcesContent: false,
  keepNames: true,
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: 'chunks/[name]-[hash]',
  loader: { '.node': 'empty' },
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  // cpu-features comes with ssh2, a native addon that nothing here calls.
  alias: Object.fromEntries(['react-devtools-core', 'ssh2', 'cpu-features', '@grpc/grpc-js', '@grpc/proto-loader'].map((name) => [name, empty])),
  banner: { js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);" },
  logLevel: 'warning',
});
