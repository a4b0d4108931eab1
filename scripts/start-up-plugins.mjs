// What makes the bundle start faster than its parts would. Measured on Node 24: see each plugin.
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';

/**
 * Built-in modules through require: an ESM import reads every export of a built-in, getters too, and `node:http` then loads
 * the whole of undici (60 ms against 2 ms).
 */
export const requireBuiltins = {
  name: 'require-builtins',
  setup(build) {
    const names = new Set(builtinModules.filter((name) => !name.startsWith('_')));
    build.onResolve({ filter: /^(node:)?[a-z_/0-9]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      if (kind === 'require-call' || !(path.startsWith('node:') || names.has(name))) return undefined;
      return { path: `node:${name}`, namespace: kind === 'dynamic-import' ? 'builtin-names' : 'builtin', sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: `module.exports = require(${JSON.stringify(path)});`, loader: 'js' }));
    // `await import('node:net')` gives a namespace, and a namespace cannot be made of what require gives without its names.
    build.onLoad({ filter: /.*/, namespace: 'builtin-names' }, ({ path }) => ({
      contents: `const builtin = require(${JSON.stringify(path)});\nexport const { ${plainNamesOf(path).join(', ')} } = builtin;\nexport default builtin;`,
      loader: 'js',
    }));
  },
};

/** Exports that are values: reading a getter may load what it stands for. */
function plainNamesOf(path) {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(path)));
  return properties.filter(([name, { get }]) => !get && /^[A-Za-z]\w*$/.test(name) && name !== 'default').map(([name]) => name);
}

/**
 * What dockerode and docker-modem load and do without need on every start: TLS and archives only when used, Node's own
 * streams for readable-stream, no debug log (which formats each request with every socket in it, log on or off).
 */
export const slimDocker = {
  name: 'slim-docker',
  setup(build) {
    const rewrite = (filter, changes) =>
      build.onLoad({ filter }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const [before, after] of changes) {
          if (!before.test(contents)) throw new Error(`${path} has changed: look whether its part of slimDocker is still needed`);
          contents = contents.replace(before, after);
        }
        return { contents, loader: 'js' };
      });
    rewrite(/docker-modem\/lib\/modem\.js$/, [
      [/util\.inspect\(options, \{[^}]*\}\)/, "''"],
      [/require\('debug'\)\('modem'\)/, 'function () {}'],
    ]);
    rewrite(/docker-modem\/lib\/http\.js$/, [[/nativeHttps = require\('https'\)/, "nativeHttps = { request: function () { return require('https').request.apply(this, arguments); } }"]]);
    rewrite(/docker-modem\/lib\/http_duplex\.js$/, [[/require\('readable-stream'\)/, "require('stream')"]]);
    rewrite(/dockerode\/lib\/util\.js$/, [
      [/require\('tar-fs'\)/, "{ get pack() { return require('tar-fs').pack; } }"],
      [/require\('zlib'\)/, "{ get createGzip() { return require('zlib').createGzip; } }"],
    ]);
  },
};
