import {describe, expect, test} from 'vitest';
import {layerActivations} from '../../src/cost/layers/activations.js';
import {memoryPartNames} from '../../src/cost/memory/memory.js';
import {rankWorkload} from '../../src/cost/workload/rank-workload.js';
import type {Layout} from '../../src/layout/layout.js';
import {layerOperators} from '../../src/model/layer-operators.js';
import {parametersOfLayer} from '../../src/model/layer-parameters.js';
import {schedules} from '../../src/pipeline/schedules/schedules.js';
import {handDevice} from '../cost/kernels/hand-device.js';
import {clusterOf, predict, publishedRows, publishedRuns} from './predict.js';

const GiB = 2 ** 30;
const layerKind = {experts: false, attention: 'full'} as const;

/** Figures of layers alone: 18 bytes a parameter, activations of the first stage. Bytes. */
async function layerFigures(model: string, technique: string) {
  const run = publishedRuns('korth22').find(({model: {name}}) => name === model);
  if (run === undefined) throw new Error(`no run of ${model}`);
  const cluster = await clusterOf('selene-a100-80gb', run.numDevices, 'megatron-lm-2021');
  const layout: Layout = {
    ...run.layout,
    sequenceParallel: technique.startsWith('sequence parallel'),
    recompute: technique.startsWith('full') ? 'full' : technique.includes('selective') ? 'selective' : 'none',
  };
  const rank = {
    device: handDevice(),
    model: run.model,
    workload: rankWorkload(cluster, run.model, run.training, layout),
  };
  const activations = layerActivations(rank, layerOperators(run.model, layerKind));
  const layersPerChunk = run.model.numLayers / (layout.pipeline * layout.virtualStages);
  const microbatches = run.training.globalBatch / (layout.data * layout.microBatch);
  const {sharded} = parametersOfLayer(run.model, layerKind);
  const parameters = sharded.tensor / layout.tensor + sharded.replicated;
  return {
    states: ((parameters * run.model.numLayers) / layout.pipeline) * 18,
    activations:
      activations[layout.recompute as 'none' | 'selective' | 'full'] *
      layersPerChunk *
      schedules[layout.schedule].inFlight(0, {
        stages: layout.pipeline,
        virtualStages: layout.virtualStages,
        microbatches,
      }),
  };
}

const rows = publishedRows('memory-components.csv');
const absolute = rows.filter(row => row.activations_GiB !== '');
const relative = rows.filter(row => row.activation_pct_of_baseline !== '');

describe('Korthikanti 2022 Fig. 1: weights, optimizer and activations of the layers within 1 %', () => {
  test.each(absolute.map(row => [`${row.model} ${row.technique}`, row] as const))(
    '%s',
    async (_name, row) => {
      const figures = await layerFigures(row.model as string, row.technique as string);
      expect(figures.states / GiB / Number(row.params_optimizer_GiB)).toBeCloseTo(1, 2);
      expect(Math.abs(figures.activations / GiB / Number(row.activations_GiB) - 1)).toBeLessThan(0.01);
    },
  );
});

describe('Korthikanti 2022 Fig. 7: activations as a share of the baseline within 1 % of the baseline', () => {
  test.each(relative.map(row => [`${row.model} ${row.technique}`, row] as const))(
    '%s',
    async (_name, row) => {
      const figures = await layerFigures(row.model as string, row.technique as string);
      const baseline = await layerFigures(row.model as string, 'none');
      const share = figures.activations / baseline.activations;
      expect(Math.abs(share - Number(row.activation_pct_of_baseline) / 100)).toBeLessThan(0.01);
    },
  );
});

test('embedding, head, logits and buffers are counted on top of the layers, as parts of their stages', async () => {
  const run = publishedRuns('korth22').find(({model: {name}}) => name === 'gpt3-175B');
  if (run === undefined) throw new Error('no run of gpt3-175B');
  // In fp16 the copy of gradients in 32 bits makes the update the peak of the last stage.
  const training = {...run.training, precision: 'bf16'} as const;
  const {memory} = await predict({...run, training}, 'selene-a100-80gb', 'megatron-lm-2021');
  const first = memory.stages[0];
  const middle = memory.stages[3];
  const last = memory.stages.at(-1);
  expect(last?.logits).toBe((2048 * 51200 * (2 + 4)) / 8);
  expect(middle?.logits).toBe(0);
  expect(first?.weights).toBeGreaterThan((middle?.weights ?? 0) + (51200 * 12288 * 2) / 8 - 1);
  const parts = memoryPartNames.reduce((sum, name) => sum + (memory.stages[memory.fullest]?.[name] ?? 0), 0);
  expect(parts).toBe(memory.peakBytes);
});
