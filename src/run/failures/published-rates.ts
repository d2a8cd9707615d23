import type {Seconds} from '../../units/quantities.js';

const secondsPerDay = 86_400;
const devicesPerNode = 8;

/**
 * Failures of one device a day on three large fleets.
 *
 * Kokolis et al. 2024 (arXiv 2410.21680): 6.50 (RSC-1) and 2.34 (RSC-2) failures per 1000 days of a node
 * of eight A100, jobs above 128 GPUs. Llama 3 (arXiv 2407.21783) sec. 3.3.4: 419 unexpected interruptions
 * of 16,384 H100 in 54 days.
 */
const failuresPerDeviceDay = [
  6.5 / (1000 * devicesPerNode),
  2.34 / (1000 * devicesPerNode),
  419 / (54 * 16_384),
];

const logarithms = failuresPerDeviceDay.map(Math.log);
const mean = logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length;
const variance = logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logarithms.length - 1);

/** Failures that are assumed where neither plan nor profile states a rate. */
export const publishedFailures = {
  /** Geometric mean of the three fleets: 5.7 years. */
  meanTimeBetweenFailures: (secondsPerDay / Math.exp(mean)) as Seconds,
  /** Standard deviation of the logarithm over the fleets: they differ by factors. */
  logSpread: Math.sqrt(variance),
  source: 'three published fleets of A100 and H100 (arXiv 2410.21680, 2407.21783)',
};
