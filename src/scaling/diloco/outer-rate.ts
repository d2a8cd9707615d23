/** Best outer learning rate from 335 M parameters on, Nesterov momentum 0.9 (Charles et al. 2025, Fig. 7). */
const outerRates = [
  {replicas: 1, rate: 0.4},
  {replicas: 2, rate: 0.6},
  {replicas: 4, rate: 0.6},
  {replicas: 8, rate: 0.8},
] as const;

/** Of the largest measured number of replicas that is not above `replicas`: it rises with them, not with the model. */
export function dilocoOuterRate(replicas: number): number {
  return (outerRates.findLast(({replicas: measured}) => measured <= replicas) ?? outerRates[0]).rate;
}
