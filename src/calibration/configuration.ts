import type {Measurement} from './measurement.js';

/** Everything that a prediction sees of a run. Runs of one sweep with equal keys repeat each other. */
export function configurationOf({
  id,
  source,
  confidence,
  assumptions,
  measured,
  ...seen
}: Measurement): string {
  return JSON.stringify(seen);
}
