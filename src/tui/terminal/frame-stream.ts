import {Writable} from 'node:stream';
import {displayWidth} from '../../report/terminal/display-width.js';

/** The terminal that frames are written to. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

/** A terminal that knows these marks shows what is between them at once; others ignore them. */
const beginUpdate = '\u001b[?2026h';
const endUpdate = '\u001b[?2026l';

/**
 * The output stream of ink: takes each frame as one chunk and writes the lines that changed, each at its
 * own place. A frame is right whatever the cursor, a resize or another program did to the terminal before.
 *
 * ink 6.8.0 composes frames well, but as it writes them itself, a frame as high as the terminal clears the
 * screen and the scrollback first: 8.3 kB a key at 200 x 50 and a blank moment, against 0.7 kB here. Its
 * incremental mode needs the last row of the terminal, and in CI it writes nothing.
 */
export class FrameStream extends Writable {
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

  /** The next frame is written in full: the terminal was resized, or something else wrote to it. */
  forget(): void {
    this.shown = [];
  }

  /** Drops every frame from now on. */
  shut(): void {
    this.isShut = true;
  }

  override _write(frame: string, _: BufferEncoding, done: () => void): void {
    if (!this.isShut) this.show(frame.split('\n'));
    done();
  }

  private show(lines: readonly string[]): void {
    const isFirst = this.shown.length === 0;
    let text = '';
    for (const [row, line] of lines.entries()) {
      if (row >= this.rows || line === this.shown[row]) continue;
      // A full line leaves the cursor on its last character, which an erase to the end would remove.
      const rest = displayWidth(line) < this.columns ? '\u001b[K' : '';
      text += `\u001b[${row + 1};1H\u001b[0m${line}\u001b[0m${rest}`;
    }
    this.shown = lines;
    if (text === '') return;
    this.terminal.write(`${beginUpdate}${isFirst ? '\u001b[2J' : ''}${text}${endUpdate}`);
  }
}
