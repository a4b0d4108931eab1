import path from 'node:path';
import { DevctlError } from '#domain/error.ts';
import type { Profile } from '#domain/profile.ts';
import type { Files } from '#system/files.ts';
import { shortLocation, shortPath } from './problems.ts';

/**
 * Throws `usage` naming all env files of a profile that are not there, and what to copy them from. Not part of loading: lists,
 * `verify --static` and host commands work without them.
 */
export async function requireEnvFiles(files: Files, profile: Profile, root: string): Promise<void> {
  const facts = await Promise.all(profile.env.files.map((file) => files.stat(file)));
  const missing = profile.env.files.filter((_, index) => facts[index] === undefined);
  const first = missing[0];
  if (first === undefined) return;
  const lines = missing.map((file) => `${shortPath(file, root)}${whereNamed(profile, file, root)}`);
  throw new DevctlError(
    'usage',
    `The env file${missing.length === 1 ? '' : 's'} of ${profile.name} ${missing.length === 1 ? 'is' : 'are'} missing: ${lines.join(', ')}.`,
    {
      hint: await copyHint(files, profile, { missing: first, root }),
      details: { missing },
    },
  );
}

function whereNamed(profile: Profile, file: string, root: string): string {
  const origin = profile.origin[`env.files.${profile.env.files.indexOf(file)}`];
  return origin === undefined || origin.file === file ? '' : ` (named in ${shortLocation(origin, root)})`;
}

async function copyHint(
  files: Files,
  profile: Profile,
  { missing, root }: { readonly missing: string; readonly root: string },
): Promise<string> {
  const beside = ['.example', '.sample', '.template', '.dist'].map((ending) => `${missing}${ending}`);
  const candidates = [...(profile.env.template === undefined ? [] : [profile.env.template]), ...beside, path.join(root, '.env.example')];
  const facts = await Promise.all(candidates.map((file) => files.stat(file)));
  const template = candidates.find((_, index) => facts[index]?.kind === 'file');
  if (template === undefined) return `Write ${shortPath(missing, root)}, or take it out of env.files.`;
  return `Type \`cp ${shortPath(template, root)} ${shortPath(missing, root)}\` and fill it in.`;
}
