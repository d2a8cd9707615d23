import {constants, setPriority} from 'node:os';
import {parentPort, workerData} from 'node:worker_threads';
import {work} from '../work.js';
import type {Answered, Request, Thread} from './planner.js';
import {makeScheduler} from './scheduler.js';

/** Entry of the planner's thread. */

if (parentPort === null) throw new Error('this is the planner of the screen, and runs as its worker');
const port = parentPort;
const thread: Thread = workerData;
// Linux gives each thread a priority of its own: all else goes before what nobody waits for.
if (thread === 'background' && process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const scheduler = makeScheduler(
  work,
  (id, reply) => port.postMessage({id, reply} satisfies Answered),
  error => {
    // Told to the screen as an error of the thread.
    setImmediate(() => {
      throw error;
    });
  },
);
port.on('message', ({id, job}: Request) => scheduler.request(job, id));
