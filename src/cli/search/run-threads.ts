import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import type {DesignPart, PartTask} from '../../search/design/parted-search.js';
import type {KnownTimes} from '../../search/proof/limits.js';
import type {FromWorker, ToWorker, WorkerData, WorkerTask} from './search-worker.js';

export interface ThreadedTask extends WorkerTask {
  readonly task: PartTask;
}

/**
 * Works through tasks on `threads` threads; each takes the next as soon as it is done with one. Tasks that
 * share their look beforehand all run at once, and wait for each other's.
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
  const looks = meeting(tasks.filter(({look}) => look === 'shard').length);
  const work = async (worker: Worker, task: ThreadedTask): Promise<DesignPart> => {
    const first = await ask(worker, task);
    if ('part' in first) {
      if (task.look === 'shard') looks.bring([]);
      return first.part;
    }
    const second = await ask(worker, {known: await looks.bring([first.known])});
    if ('known' in second) throw new Error('a thread looks once');
    return second.part;
  };
  const runOne = async () => {
    const worker = new Worker(script, {workerData: data});
    try {
      for (let task = tasks[next++]; task !== undefined; task = tasks[next++])
        taken(await work(worker, task));
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({length: Math.min(threads, tasks.length)}, runOne));
}

/** Where so many bring what they have and wait for what the others do. */
function meeting(expected: number): {bring(known: readonly KnownTimes[]): Promise<readonly KnownTimes[]>} {
  const brought: KnownTimes[] = [];
  let missing = expected;
  let open: (all: readonly KnownTimes[]) => void = () => undefined;
  const all = new Promise<readonly KnownTimes[]>(resolve => {
    open = resolve;
  });
  return {
    bring(known) {
      brought.push(...known);
      missing -= 1;
      if (missing === 0) open(brought);
      return all;
    },
  };
}

function ask(worker: Worker, message: ToWorker): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    const done = (answer: FromWorker) => {
      worker.off('error', reject);
      resolve(answer);
    };
    worker.once('error', reject);
    worker.once('message', done);
    worker.postMessage(message);
  });
}

/** Beside the running bundle, whose chunks stand in a folder of their own. */
function workerScript(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [here, dirname(here)].map(folder => join(folder, 'search-worker.js')).find(existsSync);
  if (found === undefined) throw new Error('the search worker is not built');
  return found;
}
