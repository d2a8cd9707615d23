import type {ReadStream, WriteStream} from 'node:tty';
import {render} from 'ink';
import type {Page} from '../report/page/page.js';
import {App} from './app.js';
import type {Store} from './store.js';
import type {ScreenStream} from './terminal/screen-stream.js';

export interface Mounting {
  readonly store: Store;
  readonly surface: Pick<Page, 'color' | 'unicode'>;
  readonly stream: ScreenStream;
  readonly stdin: ReadStream;
}

/** A picture that follows the store. */
export interface Mounted {
  readonly unmount: () => void;
  /** Rejects with what went wrong while drawing. */
  readonly ended: Promise<unknown>;
}

/** Shows the store on a terminal, and sends it the keys. */
export function mountApp({store, surface, stream, stdin}: Mounting): Mounted {
  const {unmount, waitUntilExit} = render(
    <App store={store} surface={surface} show={lines => stream.show(lines)} />,
    {
      stdout: stream as unknown as WriteStream,
      stdin,
      // Every change is shown at once, also where CI is set.
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    },
  );
  return {unmount: () => unmount(), ended: waitUntilExit()};
}
