import {expect, test} from 'vitest';
import type {ScheduleName} from '../../../src/layout/layout.js';
import type {EvenPipeline} from '../../../src/pipeline/closed-forms/even-pipeline.js';
import type {PipelineEvent} from '../../../src/pipeline/simulation/pipeline-event.js';
import {simulateEven, unitPipeline} from './even-pipelines.js';

/*
 * Two stages, worked out by hand: a row a device, a column a second. F forward, B backward (two seconds),
 * I gradient of the input, W of the weights; a and b are the chunks of a device, then the micro-batch.
 * Both halves of a pair are written into the same three columns.
 */

const letters = {forward: 'F', backward: 'B', 'backward-input': 'I', 'backward-weight': 'W'} as const;

function timeline(name: ScheduleName, pipeline: Partial<EvenPipeline>): string[] {
  const events: PipelineEvent[] = [];
  const {seconds} = simulateEven(name, {...unitPipeline, stages: 2, microbatches: 2, ...pipeline}, event => {
    events.push(event);
  });
  return [0, 1].map(device =>
    Array.from({length: seconds}, (_, second) => {
      const here = events.filter(
        event => event.device === device && event.startSeconds <= second && second < event.endSeconds,
      );
      return (
        here.map(event => `${letters[event.kind]}${'ab'[event.chunk]}${event.microbatch}`).join('+') || '---'
      );
    }).join(' '),
  );
}

test('gpipe: 9 seconds for 6 of work', () => {
  expect(timeline('gpipe', {})).toEqual([
    'Fa0 Fa1 --- --- --- Ba0 Ba0 Ba1 Ba1',
    '--- Fa0 Fa1 Ba0 Ba0 Ba1 Ba1 --- ---',
  ]);
});

test('1f1b: 9 seconds for 6 of work, the last stage one by one', () => {
  expect(timeline('1f1b', {})).toEqual([
    'Fa0 Fa1 --- --- Ba0 Ba0 --- Ba1 Ba1',
    '--- Fa0 Ba0 Ba0 Fa1 Ba1 Ba1 --- ---',
  ]);
});

test('interleaved: 15 seconds for 12 of work, so half the bubble of 1f1b', () => {
  expect(timeline('interleaved', {virtualStages: 2})).toEqual([
    'Fa0 Fa1 Fb0 Fb1 --- --- Bb0 Bb0 --- Bb1 Bb1 Ba0 Ba0 Ba1 Ba1',
    '--- Fa0 Fa1 Fb0 Bb0 Bb0 Fb1 Bb1 Bb1 Ba0 Ba0 Ba1 Ba1 --- ---',
  ]);
});

test('zb-h1: 7 seconds for 6 of work', () => {
  expect(timeline('zb-h1', {})).toEqual(['Fa0 Fa1 --- Ia0 Wa0 Ia1 Wa1', '--- Fa0 Ia0 Fa1 Ia1 Wa0 Wa1']);
});

test('zb-v: too few micro-batches to fill the V', () => {
  expect(timeline('zb-v', {})).toEqual([
    'Fa0 Fa1 --- Fb0 Ib0 Wb0 Fb1 Ib1 Wb1 Ia0 Wa0 --- Ia1 Wa1',
    '--- Fa0 Fb0 Fa1 Fb1 Ib0 Wb0 Ia0 Wa0 Ib1 Wb1 Ia1 Wa1 ---',
  ]);
});

test('zb-v: with 2 p - 1 micro-batches no device idles between its first and its last pass', () => {
  expect(timeline('zb-v', {microbatches: 3})).toEqual([
    'Fa0 Fa1 Fa2 Fb0 Ib0 Wb0 Fb1 Ib1 Wb1 Ia0 Wa0 Fb2 Ib2 Wb2 Ia1 Wa1 Ia2 Wa2 ---',
    '--- Fa0 Fb0 Fa1 Fb1 Ib0 Wb0 Fa2 Ia0 Wa0 Fb2 Ib1 Wb1 Ia1 Ib2 Ia2 Wa1 Wb2 Wa2',
  ]);
});

test('dualpipe: both ends at work from the first second, and no bubble on two stages', () => {
  expect(timeline('dualpipe', {microbatches: 4})).toEqual([
    'Fa0 Fb0 Fa1 Bb0 Bb0 Fb1+Ba0 Fb1+Ba0 Fb1+Ba0 Bb1 Bb1 Ia1 Wa1',
    'Fa0 Fb0 Fa1 Bb0 Bb0 Fb1+Ba0 Fb1+Ba0 Fb1+Ba0 Bb1 Bb1 Ia1 Wa1',
  ]);
});
