import type {LayoutRule} from '../../layout/rule.js';

/**
 * Shapes that the fused softmax leaves to separate kernels: sequences of more than `longest` tokens or of no
 * multiple of 4, and heads x sequences of a rank that are no multiple of 4.
 */
export function fusedSoftmaxLength(longest: number): LayoutRule {
  return {
    code: 'fused-softmax-falls-back',
    fields: ['microBatch', 'tensor'],
    broken: ({microBatch, tensor}, {model, training, cluster: {software}}) => {
      const kernel = training.attentionKernel ?? software.attentionKernel;
      const {sequenceLength} = training;
      const matrices = (microBatch * model.attention.numHeads) / tensor;
      return kernel !== 'fused-softmax' ||
        (sequenceLength > 16 && sequenceLength <= longest && sequenceLength % 4 === 0 && matrices % 4 === 0)
        ? null
        : {sequenceLength, matrices, longest};
    },
    message:
      'the softmax runs unfused: it is fused for 17 to {longest} tokens and a multiple of 4 matrices of scores, and there are {sequenceLength} tokens and {matrices} matrices',
    hint: 'set training.attention_kernel to unfused',
  };
}
