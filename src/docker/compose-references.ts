/** Paths that a compose file names, as written. */
export interface References {
  /** Other compose files: `include`, `extends: file`. */
  readonly compose: readonly string[];
  /** `env_file` and `label_file` of services and of includes. */
  readonly env: readonly string[];
}

/** Reads them from a parsed compose file of any validity; what has another shape than compose-spec's is left to compose to refuse. */
export function referencesIn(document: unknown): References {
  const root = asObject(document);
  const includes = asList(root.include).map((one) => (typeof one === 'string' ? { path: one } : asObject(one)));
  const services = Object.values(asObject(root.services)).map(asObject);
  return {
    compose: [...includes.flatMap((one) => strings(one.path)), ...services.flatMap((one) => strings(asObject(one.extends).file))],
    env: [
      ...includes.flatMap((one) => strings(one.env_file)),
      ...services.flatMap((one) => [...strings(one.env_file), ...strings(one.label_file)]),
    ],
  };
}

/** A path, a list of paths, or a list of `{path, required}`. */
function strings(value: unknown): readonly string[] {
  return asList(value).flatMap((one) => {
    const path = typeof one === 'string' ? one : asObject(one).path;
    return typeof path === 'string' ? [path] : [];
  });
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
