import type {ReadStream, WriteStream} from 'node:tty';
import {render} from 'ink';
import {App} from './app.js';
import type {Surface} from './screens/screen.js';
import type {Store} from './store.js';
import type {FrameStream} from './terminal/frame-stream.js';

export interface MountedApp {
  readonly unmount: () => void;
  /** Rejects with an error of the drawing. */
  readonly ended: Promise<unknown>;
}

interface Mounting {
  readonly store: Store;
  readonly surface: Surface;
  readonly frames: FrameStream;
  readonly stdin: ReadStream;
}

/** Draws the store's state in a terminal, and sends the terminal's keys to the store. */
export function mountApp({store, surface, frames, stdin}: Mounting): MountedApp {
  const {unmount, waitUntilExit} = render(<App store={store} surface={surface} />, {
    stdout: frames as unknown as WriteStream,
    stdin,
    // Each update is one chunk, written at once, in CI too.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {unmount: () => unmount(), ended: waitUntilExit()};
}
