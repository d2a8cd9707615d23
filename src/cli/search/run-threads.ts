import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import type {IncumbentTimes} from '../../search/proof/incumbents.js';
import type {PartTask, VariantPart} from '../../search/variants/parted-search.js';
import type {FromWorker, ToWorker, WorkerData, WorkerTask} from './search-worker.js';

export interface ThreadedTask extends WorkerTask {
  readonly task: PartTask;
}

/**
 * Runs tasks on `threads` threads; each takes the next as soon as it is done with one. Tasks that share their
 * warm start all run at once, and wait for each other's.
 *
 * @param taken called with each part as it comes in
 */
export async function runThreads(
  tasks: readonly ThreadedTask[],
  threads: number,
  data: WorkerData,
  taken: (part: VariantPart) => void,
): Promise<void> {
  let next = 0;
  const script = workerScript();
  const warmStarts = barrier(tasks.filter(({scope}) => scope === 'shard').length);
  const work = async (worker: Worker, task: ThreadedTask): Promise<VariantPart> => {
    const first = await ask(worker, task);
    if ('part' in first) {
      if (task.scope === 'shard') warmStarts.arrive([]);
      return first.part;
    }
    const second = await ask(worker, {incumbents: await warmStarts.arrive([first.incumbents])});
    if ('incumbents' in second) throw new Error('a thread has one warm start');
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

/** A barrier: resolves once `expected` workers have arrived, with the values of all of them. */
function barrier(expected: number): {
  arrive(values: readonly IncumbentTimes[]): Promise<readonly IncumbentTimes[]>;
} {
  const arrived: IncumbentTimes[] = [];
  let missing = expected;
  let open: (all: readonly IncumbentTimes[]) => void = () => undefined;
  const all = new Promise<readonly IncumbentTimes[]>(resolve => {
    open = resolve;
  });
  return {
    arrive(values) {
      arrived.push(...values);
      missing -= 1;
      if (missing === 0) open(arrived);
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

/** Path of the worker's bundle, in the folder of the running bundle or above its folder of chunks. */
function workerScript(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [here, dirname(here)].map(folder => join(folder, 'search-worker.js')).find(existsSync);
  if (found === undefined) throw new Error('the search worker is not built');
  return found;
}
