// What makes the bundle start faster than its parts would. Measured on Node 24: see each plugin.
import { readFile } from 'node:fs/promises';

/** Characters that are one column wide alone and in any row of each other: ASCII, punctuation, arrows, boxes and plain signs. */
const ONE_COLUMN = '\\u0020-\\u007E\\u00B7\\u00D7\\u2010-\\u2027\\u2190-\\u2193\\u21BB\\u23CE\\u2500-\\u25FC\\u2713-\\u2718';

/**
 * Some built-in modules through require: an ESM import reads every export of a built-in, getters too; `node:http` then loads
 * the whole of undici (60 ms against 2 ms), `node:crypto` all of Web Crypto. Only these: each makes a chunk of its own.
 */
export const requireBuiltins = {
  name: 'require-builtins',
  setup(build) {
    const names = new Set(['http', 'https', 'crypto']);
    build.onResolve({ filter: /^(node:)?[a-z_/0-9]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      if (kind === 'require-call' || !names.has(name)) return undefined;
      return { path: `node:${name}`, namespace: kind === 'dynamic-import' ? 'builtin-names' : 'builtin', sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
      loader: 'js',
    }));
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
export const slimDocker = rewriting('slim-docker', [
  [
    /docker-modem\/lib\/modem\.js$/,
    [
      [/util\.inspect\(options, \{[^}]*\}\)/, "''"],
      [/require\('debug'\)\('modem'\)/, 'function () {}'],
    ],
  ],
  [
    /docker-modem\/lib\/http\.js$/,
    [
      [
        /nativeHttps = require\('https'\)/,
        "nativeHttps = { request: function () { return require('https').request.apply(this, arguments); } }",
      ],
    ],
  ],
  [/docker-modem\/lib\/http_duplex\.js$/, [[/require\('readable-stream'\)/, "require('stream')"]]],
  [
    /dockerode\/lib\/util\.js$/,
    [
      [/require\('tar-fs'\)/, "{ get pack() { return require('tar-fs').pack; } }"],
      [/require\('zlib'\)/, "{ get createGzip() { return require('zlib').createGzip; } }"],
    ],
  ],
]);

/**
 * What Ink does before its first frame: yoga would fetch its own data URL, which loads undici (50 ms); string-width compiles
 * an expression of all emoji (40 ms) to measure a box drawing. Both are as before for what the quick way does not cover.
 */
export const slimInk = rewriting('slim-ink', [
  [/yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/, [[/"function"!=typeof fetch/, 'true']]],
  [
    /string-width\/index\.js$/,
    [
      [/\/\^\[\\u0020-\\u007E\]\*\$\//, `/^[${ONE_COLUMN}]*$/`],
      [
        /const rgiEmojiRegex = (\S+);/,
        'let emoji;\nconst rgiEmojiRegex = { test: (text) => /[\\p{Emoji_Presentation}\\uFE0F]/u.test(text) && (emoji ??= $1).test(text) };',
      ],
    ],
  ],
]);

/** A plugin that changes files of packages: [path, [[what, replacement], …]]. Fails the build when one is not as it was. */
function rewriting(name, files) {
  const setup = (build) => {
    for (const [filter, changes] of files) {
      build.onLoad({ filter }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const [before, after] of changes) {
          if (!before.test(contents)) throw new Error(`${path} has changed: look whether its part of ${name} is still needed`);
          contents = contents.replace(before, after);
        }
        return { contents, loader: 'js' };
      });
    }
  };
  return { name, setup };
}

/** Actions that are loaded together; `ps` stays alone, since it is the one whose start is measured. */
const ACTION_GROUPS = {
  looks: 'status wait logs events stats health open env config volumes',
  changes: 'up down stop start restart rebuild exec shell run do compose plan approve policy-unlock policy-lock policy-lower',
  rest: 'profiles-list profiles-show profiles-path use journal-list journal-verify policy-show schema version fix-terminal',
};

/**
 * Few entry points instead of one an action: esbuild makes a chunk for every combination of entry points that share a module,
 * and Node takes about 0.5 ms for each chunk (`ps` loads 37 instead of 66).
 */
export const groupActions = {
  name: 'group-actions',
  setup(build) {
    const groupOf = (file) => Object.keys(ACTION_GROUPS).find((group) => ACTION_GROUPS[group].split(' ').includes(file));
    build.onLoad({ filter: /src\/actions\/index\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(/import\('\.\/([a-z-]+)\.ts'\)/g, (whole, file) => {
        const group = groupOf(file);
        return group ? `import('action-group:${group}')` : whole;
      });
      return { contents, loader: 'ts' };
    });
    build.onResolve({ filter: /^action-group:/ }, ({ path, resolveDir }) => ({ path, namespace: 'action-group', pluginData: resolveDir }));
    build.onLoad({ filter: /.*/, namespace: 'action-group' }, ({ path, pluginData }) => {
      const files = ACTION_GROUPS[path.slice('action-group:'.length)].split(' ');
      return { contents: files.map((file) => `export * from './${file}.ts';`).join('\n'), loader: 'js', resolveDir: pluginData };
    });
  },
};
