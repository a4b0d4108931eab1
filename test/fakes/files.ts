import type { Files } from '#system/files.ts';

/** Files in memory; `raw` is what lies there. Watching is not simulated. */
export function memoryFiles(raw: Map<string, string> = new Map()): Files & { readonly raw: Map<string, string> } {
  return {
    raw,
    readText: async (path) => raw.get(path),
    readBytes: async (path) => (raw.has(path) ? Buffer.from(raw.get(path) ?? '') : undefined),
    writeAtomic: async (path, content) => void raw.set(path, content),
    appendSynced: async (path, content) => void raw.set(path, (raw.get(path) ?? '') + content),
    remove: async (path) => void raw.delete(path),
    list: async (path) => [...raw.keys()].filter((key) => key.startsWith(`${path}/`)).map((key) => key.slice(path.length + 1)),
    stat: async (path) =>
      raw.has(path) ? { kind: 'file', size: raw.get(path)?.length ?? 0, modifiedMs: 0, inode: 1, mode: 0o600 } : undefined,
    realpath: async (path) => path,
    watch: () => () => undefined,
  };
}
