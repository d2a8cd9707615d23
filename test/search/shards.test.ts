import {expect, test} from 'vitest';
import type {Plan} from '../../src/plan/plan.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {mergeSnapshots, resumeSearch, searchLayouts, startSearch} from '../../src/search/search.js';
import type {SearchSnapshot} from '../../src/search/snapshot.js';
import {mergeProblem, snapshotProblem} from '../../src/search/snapshot.js';

async function plan(nodes = 4): Promise<Plan> {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
name: 22B on ${nodes} nodes
model: megatron-22b
cluster: {hardware: selene-a100-80gb, nodes: ${nodes}, software: megatron-lm-2021}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 64, precision: fp16}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

/** As a file holds it. */
const stored = (snapshot: SearchSnapshot): SearchSnapshot => JSON.parse(JSON.stringify(snapshot));

function searchShard(subject: Plan, index: number, of: number): SearchSnapshot {
  const search = startSearch(subject, {shard: {index, of}});
  search.advance(Infinity);
  expect(search.result().optimal).toBe(of === 1);
  return stored(search.snapshot());
}

test.each([2, 7])('%i shards merged are the single run, byte for byte', async of => {
  const subject = await plan();
  const shards = Array.from({length: of}, (_, index) => searchShard(subject, index, of));
  expect(mergeSnapshots(subject, shards.reverse())).toEqual(searchLayouts(subject));
  expect(JSON.stringify(mergeSnapshots(subject, shards)) === JSON.stringify(searchLayouts(subject))).toBe(
    true,
  );
});

test('a search that is put aside again and again ends with the same answer', async () => {
  const subject = await plan();
  let search = startSearch(subject);
  let steps = 0;
  while (!search.advance(4)) {
    expect(search.result().optimal).toBe(false);
    steps += 1;
    expect(search.progress().done).toBe(4 * steps);
    search = resumeSearch(subject, stored(search.snapshot()));
  }
  expect(steps).toBeGreaterThan(2);
  expect(search.result()).toEqual(searchLayouts(subject));
  expect(JSON.stringify(search.result()) === JSON.stringify(searchLayouts(subject))).toBe(true);
});

test('a snapshot of another plan, a missing shard and one given twice are told apart', async () => {
  const [subject, other] = await Promise.all([plan(), plan(2)]);
  const [first, second] = [searchShard(subject, 0, 2), searchShard(subject, 1, 2)];
  expect(snapshotProblem(subject, first)).toBeNull();
  expect(snapshotProblem(other, first)).toContain('another plan');
  expect(() => resumeSearch(other, first)).toThrow('another plan');
  expect(mergeProblem(subject, [first, second])).toBeNull();
  expect(mergeProblem(subject, [first])).toBe('shard 2/2 is missing');
  expect(mergeProblem(subject, [first, second, first])).toBe('a shard is given twice');
  expect(mergeProblem(other, [first, second])).toContain('shard 1/2 belongs to another plan');
  expect(mergeProblem(subject, [first, {...second, done: 0}])).toContain('shard 2/2 is not done');
  expect(() => mergeSnapshots(subject, [second])).toThrow('shard 1/2 is missing');
});
