import {existsSync} from 'node:fs';
import type {ReadStream, WriteStream} from 'node:tty';
import {fileURLToPath} from 'node:url';
import type {Problem} from '../plan-file/problem.js';
import type {Page} from '../report/page/page.js';
import {runEffect} from './effects.js';
import {startPlanner} from './planning/threads/planner.js';
import type {State} from './state/state.js';
import {makeStore} from './store.js';
import {openPage} from './terminal/open-page.js';
import type {ScreenStream} from './terminal/screen-stream.js';
import {terminalSize} from './terminal/terminal-size.js';

/** What a session works on, and whom it tells of its end. */
export interface Surroundings {
  readonly initial: State;
  readonly surface: Pick<Page, 'color' | 'unicode'>;
  readonly stream: ScreenStream;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Writes a report page; a problem where it cannot. */
  readonly writeReport: (path: string, html: string) => Problem | null;
  readonly ended: (status: number) => void;
  readonly failed: (error: unknown) => void;
}

export interface Session {
  close(): void;
}

/** From the first picture on: plans, hears keys, and draws what comes of them. */
export async function startSession(surroundings: Surroundings): Promise<Session> {
  const {initial, surface, stream, stdin, stdout, writeReport, ended, failed} = surroundings;
  const planner = startPlanner(workerScript(), {
    replied: reply => store.dispatch({kind: 'reply', reply}),
    failed,
  });
  const store = makeStore(initial, {
    request: job => planner.request(job),
    run: effect => runEffect(effect, {store, quit: () => ended(0), writeReport, openPage}),
  });
  const resized = () => {
    stream.forget();
    store.dispatch({kind: 'resize', size: terminalSize(stdout)});
  };
  stdout.on('resize', resized);
  // The planner's thread starts meanwhile.
  const {mountApp} = await import('./mount.js');
  const app = mountApp({store, surface, stream, stdin});
  app.ended.catch(failed);
  // The size may have changed before it was listened to.
  if (
    initial.size.columns !== terminalSize(stdout).columns ||
    initial.size.rows !== terminalSize(stdout).rows
  )
    resized();
  return {
    close() {
      stdout.off('resize', resized);
      app.unmount();
      planner.close();
    },
  };
}

/** Beside the running bundle, whose chunks stand in a folder of their own. */
function workerScript(): URL {
  const found = ['./tui-worker.js', '../tui-worker.js']
    .map(path => new URL(path, import.meta.url))
    .find(url => existsSync(fileURLToPath(url)));
  if (found === undefined) throw new Error('the planner of the screen is not built');
  return found;
}
