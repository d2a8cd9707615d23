import fc from 'fast-check';
import {expect, test} from 'vitest';
import {computeWork} from '../../../src/cost/kernels/operator-cost.js';
import {rankWorkload} from '../../../src/cost/workload/rank-workload.js';
import {workTerm} from '../../../src/cost/workload/work.js';
import {layerOperators} from '../../../src/model/layer-operators.js';
import {handCluster} from '../../pipeline/hand-machine.js';
import {layout, model, training} from '../plain-subject.js';
import {handDevice} from './hand-device.js';

const operators = layerOperators(model, {experts: false, attention: 'full'}).filter(
  ({kind}) => kind === 'attention',
);

/** Kernels of attention with so many heads on a rank. */
function kernels(heads: number, microBatch: number): number {
  const tensor = 16 / heads;
  const workload = rankWorkload(
    handCluster(16),
    model,
    {...training, attentionKernel: 'fused-softmax'},
    {...layout, tensor, microBatch},
  );
  return computeWork({device: handDevice(), workload}, operators)[workTerm.forwardKernels];
}

test('a fused softmax takes heads and sequences in fours, others run kernel by kernel', () => {
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 4, 8, 16), fc.integer({min: 1, max: 8}), (heads, sequences) => {
      const fused = (heads * sequences) % 4 === 0;
      expect(kernels(heads, sequences)).toBe(kernels(4, 1) + (fused ? 0 : 5));
    }),
  );
});
