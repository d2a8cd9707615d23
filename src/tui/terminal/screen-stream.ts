import {Writable} from 'node:stream';
import {displayWidth} from '../../report/page/display-width.js';

/** What the picture goes to. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

/** Terminals that know these show a whole picture at once; others ignore them. */
const beginUpdate = '\u001b[?2026h';
const endUpdate = '\u001b[?2026l';

/**
 * Takes whole pictures and passes on the lines that changed, each at its own place. So nothing depends on
 * where the cursor was, on scrolling, or on how a terminal reflows its lines when its size changes.
 *
 * To ink it is the terminal. What ink writes itself is left out: it takes every line apart into characters
 * and puts it together again, which takes several times as long as drawing it.
 */
export class ScreenStream extends Writable {
  readonly isTTY = true;
  private shown: readonly string[] = [];
  private isShut = false;

  constructor(private readonly terminal: Terminal) {
    super({decodeStrings: false});
  }

  get columns(): number {
    return this.terminal.columns;
  }

  get rows(): number {
    return this.terminal.rows;
  }

  /** The next picture is written in full: the terminal was resized, or something else wrote to it. */
  forget(): void {
    this.shown = [];
  }

  /** Lets nothing more through. */
  shut(): void {
    this.isShut = true;
  }

  override _write(_: string, __: BufferEncoding, done: () => void): void {
    done();
  }

  /** Brings the terminal to show these lines. */
  show(drawn: readonly string[]): void {
    if (this.isShut) return;
    const lines = drawn.map(line => line.trimEnd());
    const fresh = this.shown.length === 0;
    let text = '';
    for (const [row, line] of lines.entries()) {
      if (row >= this.rows || line === this.shown[row]) continue;
      // A full line leaves the cursor on its last character, which erasing to the end would take away.
      const rest = displayWidth(line) < this.columns ? '\u001b[K' : '';
      text += `\u001b[${row + 1};1H\u001b[0m${line}\u001b[0m${rest}`;
    }
    this.shown = lines;
    if (text === '') return;
    this.terminal.write(`${beginUpdate}${fresh ? '\u001b[2J' : ''}${text}${endUpdate}`);
  }
}
