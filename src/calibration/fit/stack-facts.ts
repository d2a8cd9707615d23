import type {Precision} from '../../cluster/accelerator.js';
import type {Overlaps, SoftwareStack} from '../../frameworks/stack.js';
import type {StackFact} from './fact.js';

/** Efficiency of matrix products at one precision, over the best that the vendor's library reaches. */
function gemmScale(precision: Precision | 'default'): StackFact {
  return {
    key: `gemm_scale.${precision}`,
    unit: 'fraction',
    scale: 'log',
    low: 0.4,
    high: 1.25,
    spread: 0.15,
    read: ({gemmScale}) => gemmScale[precision] ?? gemmScale.default,
    write: (stack, value) => ({...stack, gemmScale: {...stack.gemmScale, [precision]: value}}),
  };
}

function overlap(name: keyof Overlaps, key: string): StackFact {
  return {
    key: `overlap.${key}`,
    unit: 'fraction',
    scale: 'logit',
    low: 0.01,
    high: 0.99,
    spread: 1,
    read: stack => stack.overlap[name],
    write: (stack, value) => ({...stack, overlap: {...stack.overlap, [name]: value}}),
  };
}

type SecondsField = 'kernelLaunch' | 'collectiveLaunch' | 'messageLaunch' | 'ringStep' | 'stepOverhead';

function hostTime(name: SecondsField, key: string, low: number, high: number, spread: number): StackFact {
  return {
    key,
    unit: 'seconds',
    scale: 'log',
    low,
    high,
    spread,
    read: stack => stack[name],
    write: (stack, value): SoftwareStack => ({...stack, [name]: value}),
  };
}

const attentionScale: StackFact = {
  key: 'attention_scale',
  unit: 'fraction',
  scale: 'log',
  low: 0.3,
  high: 1.5,
  spread: 0.25,
  read: stack => stack.attentionScale,
  write: (stack, value) => ({...stack, attentionScale: value}),
};

const memoryScale: StackFact = {
  key: 'memory_scale',
  unit: 'fraction',
  scale: 'log',
  low: 0.3,
  high: 1.25,
  spread: 0.2,
  read: stack => stack.memoryScale,
  write: (stack, value) => ({...stack, memoryScale: value}),
};

const expertScale: StackFact = {
  key: 'expert_scale',
  unit: 'fraction',
  scale: 'log',
  low: 0.15,
  high: 1.5,
  spread: 0.35,
  read: stack => stack.expertScale,
  write: (stack, value) => ({...stack, expertScale: value}),
};

function linkScale(level: 'node' | 'fabric', spread: number): StackFact {
  return {
    key: `link_scale.${level}`,
    unit: 'fraction',
    scale: 'log',
    low: 0.2,
    high: 1.25,
    spread,
    read: stack => stack.linkScale[level],
    write: (stack, value) => ({...stack, linkScale: {...stack.linkScale, [level]: value}}),
  };
}

/** What runs of `precisions` can say of a stack. */
export function stackFacts(precisions: ReadonlySet<Precision>): readonly StackFact[] {
  const narrow = [...precisions].filter(p => p === 'fp8' || p === 'mxfp8' || p === 'nvfp4').sort();
  return [
    gemmScale('default'),
    ...narrow.map(gemmScale),
    attentionScale,
    memoryScale,
    expertScale,
    linkScale('node', 0.2),
    linkScale('fabric', 0.3),
    hostTime('kernelLaunch', 'kernel_launch', 1e-6, 150e-6, 0.7),
    hostTime('collectiveLaunch', 'collective_launch', 1e-6, 500e-6, 0.7),
    hostTime('messageLaunch', 'message_launch', 1e-6, 0.1, 1.5),
    hostTime('ringStep', 'ring_step', 1e-7, 2e-3, 0.5),
    hostTime('stepOverhead', 'step_overhead', 1e-3, 2, 1),
    overlap('gradientReduction', 'gradient_reduction'),
    overlap('parameterGather', 'parameter_gather'),
    overlap('tensor', 'tensor'),
    overlap('pipeline', 'pipeline'),
    overlap('expert', 'expert'),
    overlap('context', 'context'),
    overlap('computeSlowdown', 'compute_slowdown'),
  ];
}
