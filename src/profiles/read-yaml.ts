import type { SourceLocation } from '#domain/location.ts';
import type { Files } from '#system/files.ts';
import { parseYaml, type YamlText } from './parse-yaml.ts';
import type { Problem } from './problems.ts';

/** What a YAML file holds, or what is wrong with it as a whole. */
export type YamlFile = (YamlText & { readonly text: string }) | { readonly problems: readonly Problem[] };

/** Larger files are no configuration; reading them would only cost memory. */
const SIZE_LIMIT = 1024 * 1024;

/** Reads a YAML file. Missing, unreadable, huge, binary and malformed ones are problems, each with one sentence. */
export async function readYaml(files: Files, file: string): Promise<YamlFile> {
  const text = await readConfigText(files, file);
  if (typeof text !== 'string') return { problems: [text] };
  const parsed = parseYaml(file, text);
  return 'problems' in parsed ? parsed : { ...parsed, text };
}

async function readConfigText(files: Files, file: string): Promise<string | Problem> {
  const at: SourceLocation = { file, line: 1, column: 1 };
  try {
    const facts = await files.stat(file);
    if (facts === undefined) return { at, message: 'the file does not exist' };
    if (facts.kind !== 'file') return { at, message: `is a ${facts.kind === 'other' ? 'special file' : facts.kind}, not a file` };
    if (facts.size > SIZE_LIMIT) return { at, message: `the file is too large: ${facts.size} bytes, at most ${SIZE_LIMIT} are read` };
    const bytes = await files.readBytes(file);
    return bytes === undefined ? { at, message: 'the file does not exist' } : (decode(bytes) ?? { at, message: NOT_TEXT });
  } catch (error) {
    return {
      at,
      message: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Check its permissions.',
    };
  }
}

const NOT_TEXT = 'the file is not text in UTF-8 (is it binary?)';

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
