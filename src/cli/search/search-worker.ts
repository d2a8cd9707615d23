import {parentPort, workerData} from 'node:worker_threads';
import type {DesignSpace} from '../../layout/design.js';
import type {AnswerOptions} from '../../search/design/answer.js';
import {
  type DesignPart,
  type PartSearch,
  type PartTask,
  searchPart,
} from '../../search/design/parted-search.js';
import type {KnownTimes} from '../../search/proof/limits.js';
import type {Look} from '../../search/search.js';
import {isRaised, type SharedFlag} from './shared-flag.js';

/*
 * One thread of a search: it takes tasks, one at a time, and answers each with its part. Entry of its own
 * bundle; `run-threads.ts` starts it.
 */

export interface WorkerData {
  readonly space: DesignSpace;
  readonly options: AnswerOptions;
  readonly stop: SharedFlag;
}

export interface WorkerTask {
  readonly task: PartTask;
  readonly begun: DesignPart | null;
  /** Whether the look beforehand is shared with the tasks of the other threads. */
  readonly look: Look;
}

/** What a thread is told: a task, or what the looks of all threads found. */
export type ToWorker = WorkerTask | {readonly known: readonly KnownTimes[]};

/** What it answers: what its own look found, or the part that is done. */
export type FromWorker = {readonly known: KnownTimes} | {readonly part: DesignPart};

const {space, options, stop} = workerData as WorkerData;
const port = parentPort;
if (port === null) throw new Error('this file runs as a thread');
const answer = (message: FromWorker) => port.postMessage(message);
let search: PartSearch | null = null;

function finish(own: PartSearch): void {
  while (!isRaised(stop) && !own.advance(1));
  answer({part: own.part()});
}

port.on('message', (message: ToWorker) => {
  if ('known' in message) {
    search?.agree(message.known);
    if (search !== null) finish(search);
    return;
  }
  const {task, begun, look} = message;
  search = searchPart(space, task, options, begun ?? undefined, look);
  while (!isRaised(stop) && !search.prepare());
  if (look === 'shard' && !isRaised(stop)) answer({known: search.known()});
  else finish(search);
});
