import type { SourceLocation } from '#domain/location.ts';
import type { Files } from '#system/files.ts';

/** Where a service is defined: in the last of the compose files that names it. undefined when none can be read that does. */
export async function locateService(files: Files, composeFiles: readonly string[], service: string): Promise<SourceLocation | undefined> {
  const { isScalar, LineCounter, parseDocument } = await import('yaml');
  for (const file of composeFiles.toReversed()) {
    const text = await files.readText(file);
    if (text === undefined) continue;
    const lineCounter = new LineCounter();
    const services = parseDocument(text, { lineCounter, logLevel: 'silent' }).get('services');
    const pair = hasItems(services) ? services.items.find((item) => isScalar(item.key) && item.key.value === service) : undefined;
    if (pair && isScalar(pair.key) && pair.key.range) {
      const { line, col } = lineCounter.linePos(pair.key.range[0]);
      return { file, line, column: col };
    }
  }
  return undefined;
}

function hasItems(node: unknown): node is { readonly items: readonly { readonly key: unknown }[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}
