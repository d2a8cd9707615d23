/**
 * Loaded into a measured process, and so into each of its threads: on SIGUSR2 every thread collects its
 * garbage and writes what is left, in bytes, to a file of its own in the folder BENCH_MEMORY names.
 */
import {renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {BroadcastChannel, isMainThread, threadId} from 'node:worker_threads';

const folder = process.env.BENCH_MEMORY ?? '.';
const threads = new BroadcastChannel('live-memory');
threads.unref();

function write() {
  globalThis.gc?.();
  const {heapUsed, external} = process.memoryUsage();
  const file = path.join(folder, `thread-${threadId}`);
  writeFileSync(`${file}.new`, String(heapUsed + external));
  renameSync(`${file}.new`, file);
}

if (isMainThread) {
  process.on('SIGUSR2', () => {
    threads.postMessage('measure');
    write();
  });
} else {
  threads.onmessage = write;
}
