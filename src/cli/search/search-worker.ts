import {parentPort, workerData} from 'node:worker_threads';
import type {DesignSpace} from '../../layout/design.js';
import type {AnswerOptions} from '../../search/design/answer.js';
import {type DesignPart, type PartTask, searchPart} from '../../search/design/parted-search.js';
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
}

const {space, options, stop} = workerData as WorkerData;
const port = parentPort;
if (port === null) throw new Error('this file runs as a thread');
port.on('message', ({task, begun}: WorkerTask) => {
  const search = searchPart(space, task, options, begun ?? undefined);
  while (!isRaised(stop) && !search.advance(1));
  port.postMessage(search.part());
});
