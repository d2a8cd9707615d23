import type {RawRun} from './columns.js';

type CountField = 'numDevices' | 'tensor' | 'pipeline' | 'context' | 'data' | 'microBatch' | 'globalBatch';

/**
 * A run with the counts that follow from those it states: devices from nodes, one degree from the others,
 * micro-batch or global batch from the other and the accumulation steps. Nothing is guessed.
 */
export function inferCounts(run: RawRun): RawRun {
  const {numDevices, tensor, pipeline, context, data, microBatch, globalBatch} = run;
  const counts = {numDevices, tensor, pipeline, context, data, microBatch, globalBatch};
  const infer = (field: CountField, value: number) => {
    if (counts[field] === null && Number.isInteger(value) && value > 0) counts[field] = value;
  };
  const known = (count: number | null) => count ?? Number.NaN;
  infer('numDevices', known(run.numNodes) * known(run.devicesPerNode));
  const devices = known(counts.numDevices);
  // One copy of the model on each device leaves no device for any other degree.
  if (data === counts.numDevices && data !== null) {
    for (const degree of ['tensor', 'pipeline', 'context'] as const) infer(degree, 1);
  }
  const contextRanks = counts.context ?? 1;
  infer('tensor', devices / (known(counts.pipeline) * known(data) * contextRanks));
  infer('pipeline', devices / (known(counts.tensor) * known(data) * contextRanks));
  const replicas = data ?? devices / (known(counts.tensor) * known(counts.pipeline) * contextRanks);
  const sequences = known(globalBatch);
  const accumulated = known(run.accumulationSteps);
  infer('microBatch', sequences / (replicas * accumulated));
  // One sequence a replica cannot be divided further.
  if (sequences === replicas) infer('microBatch', 1);
  infer('globalBatch', replicas * known(counts.microBatch) * accumulated);
  return {...run, ...counts};
}
