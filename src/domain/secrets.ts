const MASK = '•••';
const SECRET_NAME = /pass(word|wd|phrase)?|secret|token|api_?key|private|credential|auth|salt|dsn|_key$|^key$|cookie|signature/i;

/** Whether a variable of this name holds a secret, judged by its name alone. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The value as it may be shown: secrets masked, passwords inside URLs masked, everything else as it is. */
export function maskValue(name: string, value: string): string {
  if (value === '') return '';
  return isSecretName(name) ? MASK : maskText(value);
}

/** Masks passwords in URLs (`postgres://app:•••@db/x`) wherever they stand in a text. */
export function maskText(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s]+@/gi, `$1:${MASK}@`);
}

/** An argv as it may be shown and journalled: `NAME=value` with a secret name, `--password x`, URLs. */
export function maskArgv(argv: readonly string[]): readonly string[] {
  return argv.map((word, index) => {
    const before = argv[index - 1] ?? '';
    if (/^--?[a-z-]+$/i.test(before) && isSecretName(before.replace(/^-+/, ''))) return MASK;
    const pair = /^(-{0,2}[A-Za-z_][\w-]*)=(.+)$/s.exec(word);
    return pair ? `${pair[1]}=${maskValue((pair[1] ?? '').replace(/^-+/, ''), pair[2] ?? '')}` : maskText(word);
  });
}
