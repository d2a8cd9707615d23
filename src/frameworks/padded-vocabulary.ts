/**
 * Rows of the embedding as the framework allocates them: a multiple of `multiple` on each tensor rank; with
 * a multiple of 0 as many whole rows as each rank gets, and no padding.
 */
export function paddedVocabulary(vocabularySize: number, multiple: number, tensor: number): number {
  if (multiple === 0) return Math.floor(vocabularySize / tensor) * tensor;
  const step = multiple * tensor;
  return Math.ceil(vocabularySize / step) * step;
}
