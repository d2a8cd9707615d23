import {Readable} from 'node:stream';
import type {ReadStream} from 'node:tty';
import xterm from '@xterm/headless';
import {onTestFinished} from 'vitest';
import type {Effect} from '../../src/tui/actions/effect.js';
import {mountApp} from '../../src/tui/mount.js';
import type {Job} from '../../src/tui/planning/job.js';
import {initialState} from '../../src/tui/state/initial-state.js';
import type {PlanFile, State, TerminalSize} from '../../src/tui/state/state.js';
import {makeStore, type Store} from '../../src/tui/store.js';
import {FrameStream} from '../../src/tui/terminal/frame-stream.js';

/** The screen in a terminal emulator, with a keyboard. */
export interface Headless {
  readonly store: Store;
  readonly jobs: Job[];
  readonly effects: Effect[];
  /** Sends keys one by one: text as it is, others by name. */
  press(...keys: (keyof typeof codes | string)[]): Promise<void>;
  resize(size: TerminalSize): Promise<void>;
  /** Rows as a user sees them, without the spaces at their ends. */
  picture(): Promise<string[]>;
}

const codes = {
  Up: '\u001b[A',
  Down: '\u001b[B',
  Right: '\u001b[C',
  Left: '\u001b[D',
  PageUp: '\u001b[5~',
  PageDown: '\u001b[6~',
  Enter: '\r',
  Tab: '\t',
  Escape: '\u001b',
  Backspace: '\u007f',
} as const;

class Keyboard extends Readable {
  readonly isTTY = true;
  override _read(): void {
    // Keys are pushed as they are pressed.
  }
  setRawMode(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

export const known = {
  models: ['gpt3-175b', 'llama-3-70b', 'llama-3-8b', 'mixtral-8x7b'],
  hardware: ['a100-80gb', 'b200', 'frontier-mi250x', 'h100-sxm'],
  plans: ['plans/small.yaml'],
};

/** A terminal that shows pictures. */
export interface Emulator {
  readonly frames: FrameStream;
  resize(size: TerminalSize): void;
  /** Rows as a user sees them, without the spaces at their ends. */
  picture(): Promise<string[]>;
}

export function openEmulator(size: TerminalSize): Emulator {
  const terminal = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true});
  const frames = new FrameStream({
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    write: text => terminal.write(text),
  });
  onTestFinished(() => {
    frames.shut();
    terminal.dispose();
  });
  return {
    frames,
    resize({columns, rows}) {
      terminal.resize(columns, rows);
      frames.forget();
    },
    async picture() {
      await new Promise<void>(resolve => terminal.write('', resolve));
      const {active} = terminal.buffer;
      return Array.from({length: terminal.rows}, (_, row) =>
        (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
      );
    },
  };
}

/** Opens the screen on a file; what it asks for is recorded and answered by nobody. */
export function openHeadless(
  size: TerminalSize,
  file: PlanFile,
  change: (state: State) => State = same,
): Headless {
  const emulator = openEmulator(size);
  const {frames} = emulator;
  const keyboard = new Keyboard();
  const jobs: Job[] = [];
  const effects: Effect[] = [];
  const store = makeStore(change(initialState(size, file, known)), {
    request: job => jobs.push(job),
    run: effect => effects.push(effect),
  });
  const surface = {color: false, unicode: true};
  const app = mountApp({store, surface, frames, stdin: keyboard as unknown as ReadStream});
  onTestFinished(() => app.unmount());
  const settled = async () => {
    await new Promise(resolve => setImmediate(resolve));
    await emulator.picture();
  };
  return {
    store,
    jobs,
    effects,
    async press(...keys) {
      for (const key of keys) {
        const before = store.get();
        keyboard.push(key in codes ? codes[key as keyof typeof codes] : key);
        // Until the key has arrived: a lone escape waits for what might follow it.
        for (let turn = 0; turn < 20 && store.get() === before; turn += 1) await settled();
      }
      await settled();
    },
    async resize(next) {
      emulator.resize(next);
      store.dispatch({kind: 'resize', size: next});
      await settled();
    },
    async picture() {
      await settled();
      return emulator.picture();
    },
  };
}

const same = (state: State): State => state;
