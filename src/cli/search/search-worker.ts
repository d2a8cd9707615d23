import {parentPort, workerData} from 'node:worker_threads';
import type {PlanVariants} from '../../plan/variant.js';
import type {IncumbentTimes} from '../../search/proof/incumbents.js';
import type {WarmStartScope} from '../../search/search.js';
import type {AnswerOptions} from '../../search/variants/answer.js';
import {
  type PartSearch,
  type PartTask,
  searchPart,
  type VariantPart,
} from '../../search/variants/parted-search.js';
import {isRaised, type SharedFlag} from './shared-flag.js';

/*
 * One thread of a search: it takes tasks, one at a time, and answers each with its part. Entry of its own
 * bundle; `run-threads.ts` starts it.
 */

export interface WorkerData {
  readonly space: PlanVariants;
  readonly options: AnswerOptions;
  readonly stop: SharedFlag;
}

export interface WorkerTask {
  readonly task: PartTask;
  readonly begun: VariantPart | null;
  /** Whether the warm start is shared with the tasks of the other threads. */
  readonly scope: WarmStartScope;
}

/** Message to a thread: a task, or what the warm starts of all threads found. */
export type ToWorker = WorkerTask | {readonly incumbents: readonly IncumbentTimes[]};

/** Answer of a thread: what its own warm start found, or the part that is done. */
export type FromWorker = {readonly incumbents: IncumbentTimes} | {readonly part: VariantPart};

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
  if ('incumbents' in message) {
    search?.fastest.setIncumbents(message.incumbents);
    if (search !== null) finish(search);
    return;
  }
  const {task, begun, scope} = message;
  search = searchPart(space, task, options, begun ?? undefined, scope);
  while (!isRaised(stop) && !search.fastest.warmStart());
  if (scope === 'shard' && !isRaised(stop)) answer({incumbents: search.fastest.incumbents()});
  else finish(search);
});
