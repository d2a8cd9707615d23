/** Parts that a cross-validation leaves out one after the other. */
export const numFolds = 5;

/**
 * The fold of each run. Runs of one group stay together, so that none is predicted by constants that
 * were fitted to another of its group; groups go to the folds in turn.
 */
export function foldsByGroup(groups: readonly string[]): readonly number[] {
  const folds = new Map<string, number>();
  return groups.map(group => {
    const known = folds.get(group);
    if (known !== undefined) return known;
    const next = folds.size % numFolds;
    folds.set(group, next);
    return next;
  });
}
