import {expect, test} from 'vitest';
import type {Job} from '../../../../src/tui/planning/job.js';
import type {Reply} from '../../../../src/tui/planning/reply.js';
import {makeScheduler, type Work} from '../../../../src/tui/planning/threads/scheduler.js';

const job = (kind: 'plan' | 'compare', text: string): Job =>
  kind === 'plan' ? {kind, path: 'p', text} : {kind, path: 'p', text, items: []};

/** Three slices for each job. */
function recorded() {
  const log: string[] = [];
  const work: Work = async function* (asked) {
    for (let slice = 1; slice <= 3; slice += 1) {
      log.push(`${asked.kind} ${'text' in asked ? asked.text : ''} ${slice}`);
      yield null;
    }
    yield {kind: 'compare', text: 'x', results: []} satisfies Reply;
  };
  const replies: [number, boolean][] = [];
  const scheduler = makeScheduler(work, {
    replied: (id, reply) => replies.push([id, reply === null]),
    failed: error => {
      throw error;
    },
  });
  const idle = async () => {
    while (!scheduler.isIdle()) await new Promise(resolve => setImmediate(resolve));
  };
  return {log, replies, scheduler, idle};
}

test('a newer job of a kind replaces the older one after the slice that runs', async () => {
  const {log, replies, scheduler, idle} = recorded();
  scheduler.request(job('plan', 'old'), 1);
  await new Promise(resolve => setImmediate(resolve));
  scheduler.request(job('plan', 'new'), 2);
  await idle();
  expect(log.filter(line => line.includes('old')).length).toBeLessThan(3);
  expect(log.filter(line => line.includes('new'))).toHaveLength(3);
  // A reply, and the word that there are no more.
  expect(replies).toEqual([
    [2, false],
    [2, true],
  ]);
});

test('the plan goes before a comparison that runs already', async () => {
  const {log, scheduler, idle} = recorded();
  scheduler.request(job('compare', 'all'), 1);
  await new Promise(resolve => setImmediate(resolve));
  scheduler.request(job('plan', 'now'), 2);
  await idle();
  const last = (what: string) => log.findLastIndex(line => line.startsWith(what));
  expect(last('plan')).toBeLessThan(last('compare'));
});

test('what a job throws is reported, and is no answer', async () => {
  const failures: unknown[] = [];
  const scheduler = makeScheduler(
    () => {
      throw new Error('broken');
    },
    {replied: () => expect.fail('there is no reply'), failed: error => failures.push(error)},
  );
  expect(() => scheduler.request(job('plan', 'x'), 1)).toThrow('broken');
  expect(failures).toEqual([]);
});
