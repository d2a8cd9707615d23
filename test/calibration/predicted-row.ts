import type {PredictedRow} from '../../src/calibration/validation.js';

/** A row as `validate` predicts it, with what a test says of it. */
export function predictedRow(id: string, measured: number | null, predicted: number): PredictedRow {
  return {
    status: 'predicted',
    id,
    source: id.replace(/-\d+$/, ''),
    sweep: 'a sweep',
    configuration: id,
    framework: 'a framework',
    confidence: 'high',
    hardware: 'h100',
    software: 'generic',
    work: {computeSeconds: 1, trafficSeconds: 1},
    assumptions: [],
    measured: {stepSeconds: measured, peakMemoryBytes: null, reservedMemoryBytes: null, fits: true},
    predicted: {
      stepSeconds: predicted,
      stepSecondsP10: predicted * 0.9,
      stepSecondsP90: predicted * 1.1,
      peakMemoryBytes: 1,
      peakMemoryBytesP10: 0.9,
      peakMemoryBytesP90: 1.1,
      reservedMemoryBytes: 1,
      fits: true,
    },
  };
}
