import { basename } from 'node:path';
import type { Edges } from '#actions/context.ts';
import { DevctlError } from '#domain/error.ts';
import type { SourceLocation } from '#domain/location.ts';

/** Opens $VISUAL or $EDITOR at a line, on the terminal. Throws `usage` when neither is set, `external` when it fails. */
export async function openEditor({ env, processes, cwd }: Edges, location: SourceLocation): Promise<void> {
  const command = env.VISUAL || env.EDITOR;
  if (!command) throw new DevctlError('usage', 'No editor is set.', { hint: 'Set EDITOR, e.g. export EDITOR=vim' });
  const [file = '', ...args] = command.split(' ').filter((word) => word !== '');
  const result = await processes.run({ file, args: [...args, ...placeArguments(file, location)], cwd, env, stdin: 'terminal' });
  if (result.notFound) throw new DevctlError('usage', `The editor ${file} is not there.`, { hint: 'Set EDITOR to one that is installed.' });
  if (result.exitCode !== 0) throw new DevctlError('external', `${file} ended with ${result.exitCode ?? result.signal}.`);
}

/** How editors want to be told the line. */
function placeArguments(editor: string, { file, line, column }: SourceLocation): readonly string[] {
  const name = basename(editor);
  if (['code', 'codium', 'cursor'].includes(name)) return ['--wait', '--goto', `${file}:${line}:${column}`];
  if (['subl', 'hx', 'zed'].includes(name)) return [`${file}:${line}:${column}`];
  return ['vi', 'vim', 'nvim', 'nano', 'emacs', 'micro', 'joe', 'kak'].includes(name) ? [`+${line}`, file] : [file];
}
