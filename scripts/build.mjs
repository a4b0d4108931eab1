// Bundles src/main.ts into dist/: split ESM, so that React, Ink and the Docker client load only on paths that need them.
import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { groupActions, requireBuiltins, slimDocker, slimInk } from './start-up-plugins.mjs';

if (Number(process.versions.node.split('.')[0]) < 24) throw new Error("The build needs Node 24: npm run build takes the checkout's own.");

const root = new URL('..', import.meta.url);
const path = (relative) => fileURLToPath(new URL(relative, root));
const empty = path('scripts/stubs/empty.mjs');

await build({
  absWorkingDir: path('.'),
  entryPoints: { main: 'src/main.ts' },
  outdir: path('dist.next'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  sourcemap: 'linked',
  sourcesContent: false,
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [requireBuiltins, slimDocker, slimInk, groupActions],
  loader: { '.node': 'empty' },
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  alias: {
    // cpu-features comes with ssh2, a native addon that nothing here calls.
    ...Object.fromEntries(
      ['react-devtools-core', 'ssh2', 'cpu-features', '@grpc/grpc-js', '@grpc/proto-loader'].map((name) => [name, empty]),
    ),
    // For Node the package gives CommonJS, whose names a dynamic import cannot see; this is the same code as ESM.
    yaml: path('node_modules/yaml/browser/index.js'),
  },
  banner: { js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);" },
  logLevel: 'warning',
});

// Put in place at once, so that a devctl that starts meanwhile finds a whole bundle.
await rm(path('dist.old'), { recursive: true, force: true });
await rename(path('dist'), path('dist.old')).catch((error) => {
  if (error.code !== 'ENOENT') throw error;
});
await rename(path('dist.next'), path('dist'));
await rm(path('dist.old'), { recursive: true, force: true });
