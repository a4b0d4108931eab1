/** What docker compose accepts as a project name (compose-spec, "name"). */
export const PROJECT_NAME = /^[a-z0-9][a-z0-9_-]*$/;

/** A name as compose makes it from a directory: lower case, other characters dropped. Empty when nothing is left. */
export function normaliseProjectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

/** A name that compose accepts and that is near to what was typed: other characters become hyphens. */
export function proposeProjectName(name: string): string {
  const proposal = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[_-]+|[_-]+$/g, '');
  return proposal || 'project';
}

/** The top-level `name:` of a compose file's text, when it is a plain project name. */
export function topLevelName(text: string): string | undefined {
  return /^name:[ \t]*(["']?)([a-z0-9][a-z0-9_-]*)\1[ \t]*(?:#.*)?\r?$/m.exec(text)?.[2];
}
