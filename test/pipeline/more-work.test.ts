import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {estimateStep, type StepSubject} from '../../src/pipeline/estimate.js';
import {bytesPerSecond, flopPerSecond, seconds} from '../../src/units/quantities.js';
import {withCluster} from './random-subject.js';
import {type DrawnStep, drawStep, randomNumbers, readShipped, subjectOf} from './shipped-subject.js';

/** Plans drawn in a run of the suite; `npm run laws` draws a hundred thousand. */
const numPlans = Number(process.env['LAW_PLANS'] ?? 600);
const shipped = await readShipped();

/** Draws that broke a law once, with the law. */
const kept = JSON.parse(readFileSync(new URL('broken-draws.json', import.meta.url), 'utf8')) as readonly {
  readonly law: keyof typeof laws;
  readonly drawn: DrawnStep;
}[];

/** A change after which a step takes no less time. */
const laws = {
  'twice the tokens of a sequence': ({training, ...subject}) => ({
    ...subject,
    training: {...training, sequenceLength: 2 * training.sequenceLength},
  }),
  'twice the sequences of a micro-batch': ({training, layout, ...subject}) => ({
    ...subject,
    training: {...training, globalBatch: 2 * training.globalBatch},
    layout: {...layout, microBatch: 2 * layout.microBatch},
  }),
  'twice the micro-batches': ({training, ...subject}) => ({
    ...subject,
    training: {...training, globalBatch: 2 * training.globalBatch},
  }),
  'a lower peak': subject =>
    withCluster(subject, ({accelerator}) => ({
      accelerator: {
        ...accelerator,
        peak: Object.fromEntries(
          Object.entries(accelerator.peak).map(([name, peak]) => [
            name,
            flopPerSecond((peak as number) / 1.5),
          ]),
        ),
      },
    })),
  'slower memory': subject =>
    withCluster(subject, ({accelerator}) => ({
      accelerator: {...accelerator, memoryBandwidth: bytesPerSecond(accelerator.memoryBandwidth / 1.5)},
    })),
  'slower links': subject =>
    withCluster(subject, ({topology}) => ({
      topology: topology.map(level => ({...level, bandwidth: bytesPerSecond(level.bandwidth / 1.7)})),
    })),
  'a longer latency': subject =>
    withCluster(subject, ({topology}) => ({
      topology: topology.map(level => ({
        ...level,
        latency: seconds(2 * level.latency),
        ringLatency: level.ringLatency === null ? null : seconds(2 * level.ringLatency),
      })),
    })),
} as const satisfies Readonly<Record<string, (subject: StepSubject) => StepSubject>>;

/** Sums of many parts are rounded. */
const rounding = 1 - 1e-9;

/** A fused softmax takes heads x sequences in fours: with fewer sequences it runs as separate kernels. */
function gainsFusedSoftmax({model, training, layout, cluster}: StepSubject): boolean {
  const kernel = training.attentionKernel ?? cluster.software.attentionKernel;
  const matrices = (layout.microBatch * model.attention.numHeads) / layout.tensor;
  return kernel === 'fused-softmax' && matrices % 4 !== 0;
}

/** By how much of the step a draw breaks a law; 0 where it holds. */
function broken(law: keyof typeof laws, subject: StepSubject): number {
  if (law === 'twice the sequences of a micro-batch' && gainsFusedSoftmax(subject)) return 0;
  const before = estimateStep(subject).seconds;
  const after = estimateStep(laws[law](subject)).seconds;
  return after >= before * rounding ? 0 : 1 - after / before;
}

test(`more work never takes less time, nor a slower machine: ${numPlans} plans`, {timeout: 3_600_000}, () => {
  const random = randomNumbers(20_240_229);
  const found: string[] = [];
  for (let plans = 0; plans < numPlans; ) {
    const drawn = drawStep(shipped, random);
    const subject = subjectOf(shipped, drawn);
    if (subject === null) continue;
    plans += 1;
    for (const law of Object.keys(laws) as (keyof typeof laws)[]) {
      const by = broken(law, subject);
      if (by > 0) found.push(JSON.stringify({law, by: Number(by.toPrecision(3)), drawn}));
    }
  }
  expect(found).toEqual([]);
});

test.each(kept)(
  '$law takes no less time: $drawn.software, $drawn.model on $drawn.hardware',
  ({law, drawn}) => {
    const subject = subjectOf(shipped, drawn);
    if (subject === null) throw new Error('a kept draw runs');
    expect(broken(law, subject)).toBe(0);
  },
);
