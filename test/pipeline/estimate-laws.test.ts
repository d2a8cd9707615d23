import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Cluster} from '../../src/cluster/cluster.js';
import {memoryPartNames} from '../../src/cost/memory/memory.js';
import {stepPartNames} from '../../src/cost/step.js';
import {serialLayout} from '../../src/layout/fields.js';
import {defaultRankOrder, shardings} from '../../src/layout/layout.js';
import {estimateStep, makeEstimator, type StepSubject} from '../../src/pipeline/estimate.js';
import type {Training} from '../../src/plan/training.js';
import {bytesPerSecond, flopPerSecond, seconds} from '../../src/units/quantities.js';
import {mixtral} from '../model/shapes.js';
import {handCluster} from './hand-machine.js';
import {subjects, withCluster} from './random-subject.js';

const numRuns = 1000;

function check(law: (subject: StepSubject) => void): void {
  fc.assert(fc.property(subjects, law), {numRuns});
}

/** Rounding of sums of many parts. */
const rounding = 1 + 1e-12;

describe('time never rises', () => {
  function notSlower(change: (cluster: Cluster) => Partial<Cluster>): void {
    check(subject => {
      const faster = estimateStep(withCluster(subject, change)).seconds;
      expect(faster).toBeLessThanOrEqual(estimateStep(subject).seconds * rounding);
    });
  }

  test('with network bandwidth', () => {
    notSlower(({topology}) => ({
      topology: topology.map(level => ({...level, bandwidth: bytesPerSecond(level.bandwidth * 1.7)})),
    }));
  });

  test('with peak FLOP/s', () => {
    notSlower(({accelerator}) => ({
      accelerator: {...accelerator, peak: {bf16: flopPerSecond((accelerator.peak.bf16 ?? 0) * 1.5)}},
    }));
  });

  test('with memory bandwidth', () => {
    notSlower(({accelerator}) => ({
      accelerator: {...accelerator, memoryBandwidth: bytesPerSecond(accelerator.memoryBandwidth * 1.5)},
    }));
  });

  test('with falling latency of the network', () => {
    notSlower(({topology}) => ({
      topology: topology.map(level => ({...level, latency: seconds(level.latency / 2)})),
    }));
  });

  test('with falling launch time of the host', () => {
    notSlower(({software}) => ({software: {...software, kernelLaunch: seconds(software.kernelLaunch / 2)}}));
  });
});

describe('memory of a device never rises', () => {
  test('with the tensor degree', () => {
    check(subject => {
      const {layout, cluster} = subject;
      fc.pre(layout.tensor <= 8 && layout.expert === 1);
      const tensor = 2 * layout.tensor;
      const wider = estimateStep({
        ...subject,
        layout: {...layout, tensor, expertTensor: tensor},
        cluster: {...cluster, numDevices: 2 * cluster.numDevices},
      });
      expect(wider.memory.peakBytes).toBeLessThanOrEqual(estimateStep(subject).memory.peakBytes * rounding);
    });
  });

  // A stage of one layer holds its shard beside the gathered layer: there sharding saves states alone.
  test('with the sharding stage: states always, the whole from four layers a stage on', () => {
    check(subject => {
      const {layout, model} = subject;
      const memories = shardings.map(
        sharding => estimateStep({...subject, layout: {...layout, sharding}}).memory,
      );
      const states = memories.map(({stages, fullest}) => {
        const stage = stages[fullest];
        return stage === undefined ? Number.NaN : stage.weights + stage.gradients + stage.optimizer;
      });
      expectFalling(states);
      const ranks = layout.data * layout.context;
      if (model.numLayers / layout.pipeline >= 4 && ranks > 1) expectFalling(memories.map(m => m.peakBytes));
    });
  });

  function expectFalling(values: readonly number[]): void {
    for (let i = 1; i < values.length; i += 1) {
      expect(values[i]).toBeLessThanOrEqual((values[i - 1] as number) * rounding);
    }
  }
});

test('the parts of a step add up to the step, and those of a stage to its memory', () => {
  check(subject => {
    const {seconds: total, parts, memory} = estimateStep(subject);
    expect(stepPartNames.reduce((sum, name) => sum + parts[name], 0)).toBe(total);
    for (const name of stepPartNames) expect(parts[name]).toBeGreaterThanOrEqual(0);
    const stage = memory.stages[memory.fullest];
    expect(memoryPartNames.reduce((sum, name) => sum + (stage?.[name] ?? Number.NaN), 0)).toBe(
      memory.peakBytes,
    );
  });
});

test('twice the batch at the same micro-batch doubles the steady part and leaves the rest', () => {
  check(subject => {
    fc.pre(subject.layout.sharding === 'none' || subject.layout.sharding === 'optimizer');
    const {training} = subject;
    const once = estimateStep(subject).parts;
    const twice = estimateStep({
      ...subject,
      training: {...training, globalBatch: 2 * training.globalBatch},
    }).parts;
    for (const part of [
      'forward',
      'backward',
      'recompute',
      'launch',
      'tensorCommunication',
      'expertCommunication',
    ] as const) {
      expect(twice[part]).toBeCloseTo(2 * once[part], 9);
    }
    expect(twice.pipelineBubble).toBeCloseTo(once.pipelineBubble, 9);
    expect(twice.optimizer).toBe(once.optimizer);
    expect(twice.gradientReduction).toBeCloseTo(once.gradientReduction, 9);
  });
});

test('the same tree described twice, with a level of fan-out 1, gives the same answer', () => {
  check(subject => {
    const [node, fabric] = subject.cluster.topology;
    if (node === undefined || fabric === undefined) throw new Error('the hand machine has two levels');
    const twice = withCluster(subject, () => ({
      topology: [node, {...node, name: 'again', fanOut: 1}, fabric],
    }));
    expect(estimateStep(twice)).toEqual(estimateStep(subject));
  });
});

test('the same input gives the same answer', () => {
  check(subject => {
    expect(JSON.stringify(estimateStep(subject))).toBe(
      JSON.stringify(estimateStep(structuredClone(subject))),
    );
  });
});

test('an estimate does not depend on the layouts that were estimated before', () => {
  const pipelineFirst = ['tensor', 'context', 'expert', 'pipeline', 'data'] as const;
  const layouts = [defaultRankOrder, pipelineFirst].flatMap(rankOrder =>
    [1, 2, 4, 8].map(pipeline => ({
      ...serialLayout,
      pipeline,
      data: 64 / pipeline,
      expert: 8,
      expertTensor: 1,
      rankOrder,
    })),
  );
  const training: Training = {
    tokens: 1e9,
    sequenceLength: 2048,
    globalBatch: 512,
    precision: 'bf16',
    optimizer: 'adam',
    attentionKernel: 'flash2',
    gradientBytes: null,
    expertImbalance: 1,
  };
  const subject = {model: {...mixtral, numLayers: 8}, cluster: handCluster(64), training};
  for (const order of [layouts, layouts.toReversed()]) {
    const estimator = makeEstimator(subject);
    for (const layout of order) expect(estimator.step(layout)).toEqual(estimateStep({...subject, layout}));
  }
});
