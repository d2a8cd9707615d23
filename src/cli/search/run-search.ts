import type {PlanVariants} from '../../plan/variant.js';
import type {SearchShard} from '../../search/search-result.js';
import type {AnswerOptions} from '../../search/variants/answer.js';
import {type PartTask, searchPart, tasksOf, type VariantPart} from '../../search/variants/parted-search.js';
import {makeProgress, type Progress} from '../answer/progress.js';
import {runThreads, type ThreadedTask} from './run-threads.js';
import {isRaised, raise, type SharedFlag, sharedFlag} from './shared-flag.js';

export interface SearchRunOptions {
  /** What is asked of the answer; functions stay in this thread. */
  readonly answer: AnswerOptions;
  readonly shard: SearchShard;
  readonly threads: number;
  /** Parts of an earlier, unfinished run of the same search. */
  readonly begun: readonly VariantPart[];
  /** Called now and then with what is there, for a snapshot. */
  readonly keep?: (parts: readonly VariantPart[]) => void;
}

export interface SearchRun {
  readonly parts: readonly VariantPart[];
  /** The user ended the search before it was done. */
  readonly interrupted: boolean;
  /** Number of threads that searched. */
  readonly threads: number;
}

/** Searches a plan, or a shard of it; Ctrl-C ends the search with what is there, a second one ends the program. */
export async function runSearch(space: PlanVariants, options: SearchRunOptions): Promise<SearchRun> {
  const tasks = threadTasks(space, options);
  const threads = Math.min(options.threads, tasks.length);
  const stop = sharedFlag();
  const parts = [...options.begun.filter(part => isDone(part))];
  const left = tasks.filter(({task}) => !parts.some(part => isOf(part, task)));
  const onInterrupt = () => raise(stop);
  process.once('SIGINT', onInterrupt);
  const progress = makeProgress('searching');
  const state: RunState = {space, options, stop, parts, progress, total: tasks.length};
  try {
    if (threads > 1) await runOnThreads(state, left, threads);
    else await runHere(state, left);
  } finally {
    process.off('SIGINT', onInterrupt);
    progress.finish();
  }
  const isWhole = parts.length === tasks.length && parts.every(isDone);
  return {parts, interrupted: isRaised(stop) && !isWhole, threads};
}

/** A single variant's layouts are dealt out to the threads, unless a shard of them is asked for already. */
function threadTasks(
  space: PlanVariants,
  {shard, threads, begun}: SearchRunOptions,
): readonly ThreadedTask[] {
  // An unfinished run goes on as it was divided.
  const divided = begun[0]?.snapshot.shard.of ?? threads;
  const isAlone = space.variants.length === 1 && shard.of === 1 && divided > 1;
  const tasks = isAlone
    ? Array.from({length: divided}, (_, index) => ({variant: 0, shard: {index, of: divided}}))
    : tasksOf(space, shard);
  const scope = isAlone && begun.length === 0 ? 'shard' : 'whole';
  return tasks.map(task => ({task, begun: begun.find(part => isOf(part, task)) ?? null, scope}));
}

function isOf({variant, snapshot}: VariantPart, task: PartTask): boolean {
  const {index, of} = snapshot.shard;
  return variant === task.variant && index === task.shard.index && of === task.shard.of;
}

export function isDone({snapshot, goalLayouts}: VariantPart): boolean {
  return snapshot.done >= snapshot.total && goalLayouts !== null;
}

interface RunState {
  readonly space: PlanVariants;
  readonly options: SearchRunOptions;
  readonly stop: SharedFlag;
  /** Grows as tasks come to an end. */
  readonly parts: VariantPart[];
  readonly progress: Progress;
  readonly total: number;
}

async function runOnThreads(state: RunState, left: readonly ThreadedTask[], threads: number): Promise<void> {
  const {space, options, stop, parts, progress, total} = state;
  const {lossOf: _, ...answer} = options.answer;
  await runThreads(left, threads, {space, options: answer, stop}, part => {
    parts.push(part);
    progress.update(parts.length, total);
    options.keep?.(parts);
  });
}

/** Interrupts, and whatever else waits, are let through at least this often. */
const patience = 50;
const betweenSnapshots = 1000;

async function runHere(state: RunState, left: readonly ThreadedTask[]): Promise<void> {
  const {space, options, stop, parts, progress, total} = state;
  let breath = performance.now();
  // The first snapshot is taken at once: who asks for one means to be interrupted.
  let lastSaved = Number.NEGATIVE_INFINITY;
  for (const {task, begun} of left) {
    const search = searchPart(space, task, options.answer, begun ?? undefined);
    let isWarm = false;
    let done = false;
    while (!done && !isRaised(stop)) {
      if (isWarm) done = search.advance(1);
      else isWarm = search.fastest.warmStart();
      const now = performance.now();
      if (now - breath < patience) continue;
      progress.update(parts.length + search.progress(), total);
      await new Promise(resolve => setImmediate(resolve));
      breath = performance.now();
      if (options.keep !== undefined && breath - lastSaved > betweenSnapshots) {
        options.keep([...parts, search.part()]);
        lastSaved = breath;
      }
    }
    parts.push(search.part());
    if (isRaised(stop)) return;
  }
}
