import {constants, setPriority} from 'node:os';
import {parentPort, workerData} from 'node:worker_threads';
import type {ThreadName} from '../job-kinds.js';
import {makeWork} from '../work.js';
import type {JobMessage, ReplyMessage} from './planner.js';
import {makeScheduler} from './scheduler.js';

/** Entry of a planner thread. */

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const port = parentPort;
const thread: ThreadName = workerData;
// On Linux, run background work at low priority.
if (thread === 'background' && process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const scheduler = makeScheduler(makeWork(), {
  replied: (id, reply) => port.postMessage({id, reply} satisfies ReplyMessage),
  failed: error => {
    // Uncaught, so that the screen receives it as the thread's 'error' event.
    setImmediate(() => {
      throw error;
    });
  },
});
port.on('message', ({id, job}: JobMessage) => scheduler.request(job, id));
