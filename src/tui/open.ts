import type {ReadStream, WriteStream} from 'node:tty';
import {listHardware, listModels} from '../plan-file/library/library.js';
import type {Problem} from '../plan-file/problem.js';
import type {Page} from '../report/page/page.js';
import {draw} from './screens/draw.js';
import type {Session} from './session.js';
import {initialState} from './state/initial-state.js';
import type {PlanFile} from './state/state.js';
import {openAlternateScreen} from './terminal/alternate-screen.js';
import {installExitHandlers} from './terminal/exit-handlers.js';
import {ScreenStream} from './terminal/screen-stream.js';
import {terminalSize} from './terminal/terminal-size.js';

export interface Opening {
  readonly file: PlanFile;
  readonly surface: Pick<Page, 'color' | 'unicode'>;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Writes a report page; a problem where it cannot. */
  readonly writeReport: (path: string, html: string) => Problem | null;
}

/** Runs the interactive planner until it is left; the status to end with. */
export async function openTui({file, surface, stdin, stdout, writeReport}: Opening): Promise<number> {
  const {promise, resolve, reject} = outcome();
  const stream = new ScreenStream(stdout);
  const known = {models: listModels(), hardware: listHardware(), plans: []};
  const initial = initialState(terminalSize(stdout), file, known);
  // Keys that come before they are heard wait in the terminal, which must not write them over the picture.
  stdin.setRawMode(true);
  const screen = openAlternateScreen(text => stdout.write(text));
  const restore = () => {
    stream.shut();
    screen.leave();
    if (stdin.isRaw) stdin.setRawMode(false);
  };
  const unwatch = installExitHandlers({
    restore,
    ended: resolve,
    crashed: reject,
    continued: () => {
      screen.enter();
      stdin.setRawMode(true);
      stdout.emit('resize');
    },
  });
  let session: Session | null = null;
  try {
    // The first picture does not wait for what hears keys and plans.
    stream.show(draw(surface, initial));
    const {startSession} = await import('./session.js');
    const ends = {ended: resolve, failed: reject};
    session = await startSession({initial, surface, stream, stdin, stdout, writeReport, ...ends});
    return await promise;
  } finally {
    restore();
    session?.close();
    unwatch();
  }
}

function outcome() {
  let resolve: (status: number) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<number>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  // Heard of where it is waited for.
  promise.catch(() => undefined);
  return {promise, resolve, reject};
}
