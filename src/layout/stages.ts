/**
 * Layers of each of `numStages` stages in model order, as even as can be.
 *
 * What does not divide goes to the middle: the first stage also holds the embedding, the last one
 * norm, logits and loss (Llama 3, arXiv 2407.21783 sec. 3.3.2, leaves a layer out at both ends).
 */
export function layersOfStages(numLayers: number, numStages: number): readonly number[] {
  const least = Math.floor(numLayers / numStages);
  const extra = numLayers - least * numStages;
  const first = Math.floor((numStages - extra) / 2);
  return Array.from(
    {length: numStages},
    (_, stage) => least + (stage >= first && stage < first + extra ? 1 : 0),
  );
}
