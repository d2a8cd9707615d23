import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import type {DesignPart, PartTask} from '../../search/design/parted-search.js';
import type {WorkerData, WorkerTask} from './search-worker.js';

export interface ThreadedTask extends WorkerTask {
  readonly task: PartTask;
}

/**
 * Works through tasks on `threads` threads; each takes the next as soon as it is done with one.
 *
 * @param taken called with each part as it comes in
 */
export async function runThreads(
  tasks: readonly ThreadedTask[],
  threads: number,
  data: WorkerData,
  taken: (part: DesignPart) => void,
): Promise<void> {
  let next = 0;
  const script = workerScript();
  const runOne = async () => {
    const worker = new Worker(script, {workerData: data});
    try {
      for (let task = tasks[next++]; task !== undefined; task = tasks[next++]) {
        taken(await ask(worker, task));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({length: Math.min(threads, tasks.length)}, runOne));
}

function ask(worker: Worker, task: WorkerTask): Promise<DesignPart> {
  return new Promise((resolve, reject) => {
    const done = (part: DesignPart) => {
      worker.off('error', reject);
      resolve(part);
    };
    worker.once('error', reject);
    worker.once('message', done);
    worker.postMessage(task);
  });
}

/** Beside the running bundle, whose chunks stand in a folder of their own. */
function workerScript(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [here, dirname(here)].map(folder => join(folder, 'search-worker.js')).find(existsSync);
  if (found === undefined) throw new Error('the search worker is not built');
  return found;
}
