import { DevctlError } from '#domain/error.ts';
import { suggest } from '#domain/text.ts';

/** Those that were named, or all. Throws `usage` with a suggestion for a name that there is not. */
export function selectNamed<One extends { readonly name: string }>(all: readonly One[], names: readonly string[]): readonly One[] {
  for (const name of names)
    if (!all.some((one) => one.name === name))
      throw unknownService(
        name,
        all.map((one) => one.name),
      );
  return names.length === 0 ? all : all.filter((one) => names.includes(one.name));
}

/** The error for a service that the stack does not have. */
export function unknownService(name: string, known: readonly string[]): DevctlError {
  const near = suggest(name, known);
  return new DevctlError('usage', `There is no service "${name}".`, {
    hint: near ? `Did you mean ${near}?` : `Its services: ${known.join(', ') || 'none'}`,
  });
}
