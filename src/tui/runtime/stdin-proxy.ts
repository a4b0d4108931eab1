import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { TerminalInput } from './terminal.ts';

/**
 * Stands between the TTY and Ink, for two reasons (reference: ink §0.1, §0.2, §1.6). Ink keeps reading the TTY after it
 * let go of it, and so steals the keys of a child; here `unref` really pauses it. And mouse and focus reports that
 * arrive in pieces would reach Ink as typed text; here they are put together and taken out.
 */
export class StdinProxy extends PassThrough {
  readonly isTTY = true;
  readonly #tty: TerminalInput;
  readonly #onReport: (sequence: string) => void;
  readonly #onClosed: () => void;
  readonly #feed = (chunk: Buffer | string): void => this.#take(chunk);
  readonly #closed = (): void => this.#onClosed();
  #decoder = new StringDecoder('utf8');
  #held = '';
  #flushTimer: NodeJS.Timeout | undefined;
  #attached = false;

  /** `onReport` gets whole mouse and focus reports, `onClosed` the end of the terminal. */
  constructor(tty: TerminalInput, onReport: (sequence: string) => void, onClosed: () => void) {
    super();
    this.#tty = tty;
    this.#onReport = onReport;
    this.#onClosed = onClosed;
  }

  setRawMode(raw: boolean): this {
    this.#tty.setRawMode?.(raw);
    return this;
  }

  /** Starts reading the TTY. */
  ref(): this {
    if (this.#attached) return this;
    this.#attached = true;
    this.#tty.ref?.();
    this.#tty.on('data', this.#feed);
    this.#tty.on('end', this.#closed);
    this.#tty.on('error', this.#closed);
    this.#tty.resume();
    return this;
  }

  /** Lets go of the TTY, so that a child reads every key; what was half read is dropped. */
  unref(): this {
    if (!this.#attached) return this;
    this.#attached = false;
    this.#tty.off('data', this.#feed);
    this.#tty.off('end', this.#closed);
    this.#tty.off('error', this.#closed);
    this.#tty.pause();
    this.#tty.unref?.();
    clearTimeout(this.#flushTimer);
    this.#held = '';
    this.#decoder = new StringDecoder('utf8');
    return this;
  }

  #take(chunk: Buffer | string): void {
    clearTimeout(this.#flushTimer);
    const text = this.#held + (typeof chunk === 'string' ? chunk : this.#decoder.write(chunk));
    const { keys, held } = splitReports(text, this.#onReport);
    this.#held = held;
    if (held !== '') this.#flushTimer = setTimeout(() => this.#flush(), HOLD_MS);
    if (keys !== '') this.write(keys);
  }

  /** Nothing followed: it was the Escape key, or an ordinary sequence that Ink puts together itself. */
  #flush(): void {
    const held = this.#held;
    this.#held = '';
    if (held !== '' && !CERTAIN_REPORT.test(held)) this.write(held);
  }
}

/** Takes whole reports out of a text, and holds back what may be the beginning of one. */
export function splitReports(text: string, onReport: (sequence: string) => void): { readonly keys: string; readonly held: string } {
  const rest = text.replace(REPORT, (sequence) => {
    onReport(sequence);
    return '';
  });
  const held = REPORT_BEGINNING.exec(rest)?.[0] ?? '';
  return { keys: rest.slice(0, rest.length - held.length), held };
}

/** Long enough for the next packet of a slow link's sequence, short enough for the Escape key not to feel late. */
const HOLD_MS = 12;
// SGR mouse (CSI < … M/m) and focus in/out (CSI I, CSI O).
const REPORT = /\u001b\[(?:<\d+;\d+;\d+[Mm]|[IO])/g;
const REPORT_BEGINNING = /\u001b(?:\[(?:<[\d;]*)?)?$/;
const CERTAIN_REPORT = /^\u001b\[</;
