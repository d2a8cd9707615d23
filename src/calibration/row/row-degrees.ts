import type {MeasurementRow} from '../measurement.js';

/**
 * A row with the counts that follow from those it states: devices from nodes, one degree from the others,
 * micro-batch or global batch from the other and the accumulation steps. Nothing is guessed.
 */
export function withImpliedCounts(row: MeasurementRow): MeasurementRow {
  const counts: Record<string, string> = {...row};
  const known = (column: string) => {
    const value = Number(counts[column] || Number.NaN);
    return Number.isFinite(value) && value > 0 ? value : null;
  };
  const imply = (column: string, value: number) => {
    if ((counts[column] ?? '') === '' && Number.isInteger(value) && value > 0) counts[column] = String(value);
  };
  imply('num_gpus', (known('nodes') ?? Number.NaN) * (known('gpus_per_node') ?? Number.NaN));
  const devices = known('num_gpus') ?? Number.NaN;
  // One copy of the model on each device leaves no device for any other degree.
  if (known('dp') === devices) for (const degree of ['tp', 'pp', 'cp']) imply(degree, 1);
  const context = known('cp') ?? 1;
  for (const [column, one, other] of degrees) {
    imply(column, devices / ((known(one) ?? Number.NaN) * (known(other) ?? Number.NaN) * context));
  }
  const replicas =
    known('dp') ?? devices / ((known('tp') ?? Number.NaN) * (known('pp') ?? Number.NaN) * context);
  const sequences = known('global_batch') ?? Number.NaN;
  const accumulated = known('grad_accum') ?? Number.NaN;
  imply('micro_batch', sequences / (replicas * accumulated));
  // One sequence a replica cannot be divided further.
  if (sequences === replicas) imply('micro_batch', 1);
  imply('global_batch', replicas * (known('micro_batch') ?? Number.NaN) * accumulated);
  return counts;
}

const degrees = [
  ['tp', 'pp', 'dp'],
  ['pp', 'tp', 'dp'],
] as const;
