import type {PipelineEvent} from '../../pipeline/simulation/pipeline-event.js';

/** An event of the Trace Event Format, as Perfetto and chrome://tracing read it. Times in microseconds. */
export interface TraceEvent {
  readonly ph: 'M' | 'X' | 'C';
  readonly name: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args: Readonly<Record<string, string | number>>;
}

const microsecondsPerSecond = 1e6;

const words: Readonly<Record<PipelineEvent['kind'], {readonly letter: string; readonly category: string}>> = {
  forward: {letter: 'F', category: 'forward'},
  backward: {letter: 'B', category: 'backward'},
  'backward-input': {letter: 'B', category: 'backward input'},
  'backward-weight': {letter: 'W', category: 'backward weight'},
};

/**
 * One step of a pipeline as a timeline: a process for each stage, with a lane of passes and a curve of
 * the activations that it holds.
 *
 * @see google/perfetto docs/getting-started/other-formats.md at ec5d16b1
 */
export function chromeTrace(numStages: number, events: readonly PipelineEvent[]) {
  const names = Array.from({length: numStages}, (_, stage): TraceEvent[] => [
    {ph: 'M', name: 'process_name', pid: stage, args: {name: `stage ${stage}`}},
    {ph: 'M', name: 'process_sort_index', pid: stage, args: {sort_index: stage}},
    {ph: 'M', name: 'thread_name', pid: stage, tid: 0, args: {name: 'passes'}},
  ]);
  return {displayTimeUnit: 'ms', traceEvents: [...names.flat(), ...events.flatMap(traceEvents)]};
}

function traceEvents(event: PipelineEvent): TraceEvent[] {
  const {letter, category} = words[event.kind];
  const ts = event.startSeconds * microsecondsPerSecond;
  const dur = (event.endSeconds - event.startSeconds) * microsecondsPerSecond;
  const {device: pid, microbatch, chunk} = event;
  return [
    {ph: 'X', name: `${letter}${microbatch}`, cat: category, pid, tid: 0, ts, dur, args: {microbatch, chunk}},
    {
      ph: 'C',
      name: 'activations GiB',
      pid,
      ts: event.kind === 'forward' ? ts : ts + dur,
      args: {held: event.activationBytes / 2 ** 30},
    },
  ];
}
