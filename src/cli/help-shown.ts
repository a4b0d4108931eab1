/** Thrown when help was asked for; the text goes to standard output, exit code 0. */
export class HelpShown extends Error {
  readonly text: string;

  constructor(text: string) {
    super('help');
    this.name = 'HelpShown';
    this.text = text;
  }
}
