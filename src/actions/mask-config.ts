import { isSecretName, maskText, maskValue } from '#domain/secrets.ts';

/**
 * A compose configuration (YAML or JSON text, as `docker compose config` prints it) with secrets masked: values of
 * environments and build arguments by their names, file contents, and passwords in URLs wherever they stand.
 */
export async function maskConfig(text: string): Promise<string> {
  if (text.trimStart().startsWith('{')) return `${JSON.stringify(maskNode(JSON.parse(text), []), undefined, 2)}\n`;
  const { parse, stringify } = await import('yaml');
  return stringify(maskNode(parse(text), []), { lineWidth: 0 });
}

function maskNode(node: unknown, path: readonly string[]): unknown {
  if (Array.isArray(node))
    return node.map((one) => (isInEnvironment(path) && typeof one === 'string' ? maskPair(one) : maskNode(one, path)));
  if (typeof node === 'object' && node !== null)
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, maskNode(value, [...path, key])]));
  return typeof node === 'string' ? maskString(node, path) : maskScalar(node, path);
}

function maskString(text: string, path: readonly string[]): string {
  const key = path.at(-1) ?? '';
  if (isInEnvironment(path.slice(0, -1))) return maskValue(key, text);
  return key === 'content' && text !== '' ? maskValue('secret', text) : maskText(text);
}

function maskScalar(value: unknown, path: readonly string[]): unknown {
  const key = path.at(-1) ?? '';
  return value !== null && isInEnvironment(path.slice(0, -1)) && isSecretName(key) ? maskValue(key, String(value)) : value;
}

/** `NAME=value`, as in the list form of an environment. */
function maskPair(pair: string): string {
  const [name = '', ...value] = pair.split('=');
  return value.length === 0 ? pair : `${name}=${maskValue(name, value.join('='))}`;
}

function isInEnvironment(path: readonly string[]): boolean {
  const key = path.at(-1);
  return key === 'environment' || key === 'args' || key === 'labels' || key === 'driver_opts';
}
