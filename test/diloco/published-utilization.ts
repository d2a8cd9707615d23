/** A row of a published table: the bandwidth in Gbit/s at which the compute utilization reaches each of `utilizations`. */
export interface PublishedRow {
  readonly name: string;
  readonly parameters: number;
  readonly numLayers: number;
  readonly stepSeconds: number;
  readonly innerSteps: number;
  readonly fragments: number;
  readonly overlapSteps: number;
  readonly bits: number;
  /** Infinity: above the grid of the table. */
  readonly gigabitsPerSecond: readonly number[];
}

export const utilizations = [0.5, 0.8, 0.9, 0.95, 0.99];

interface PublishedModel {
  readonly name: string;
  readonly parameters: number;
  readonly numLayers: number;
  readonly stepSeconds: number;
}

const above = Infinity;

function dilocoRows(
  model: PublishedModel,
  byInnerSteps: Readonly<Record<number, readonly number[]>>,
): PublishedRow[] {
  return Object.entries(byInnerSteps).map(([innerSteps, gigabitsPerSecond]) => ({
    ...model,
    name: `${model.name}, H = ${innerSteps}`,
    innerSteps: Number(innerSteps),
    fragments: 1,
    overlapSteps: 0,
    bits: 16,
    gigabitsPerSecond,
  }));
}

/** Charles et al. 2025, "Scaling Laws for DiLoCo" (arXiv 2503.09799), Table 6; layers from the models' papers. */
export const scalingLawsTable6: readonly PublishedRow[] = [
  ...dilocoRows(
    {name: 'Chinchilla 10B', parameters: 10e9, numLayers: 48, stepSeconds: 0.8},
    {
      1: [104.8, 184.2, 222.3, 222.3, 390.7],
      10: [16.0, 49.4, 86.8, 152.6, 222.3],
      50: [3.0, 11.0, 23.3, 41.0, 126.5],
      100: [1.4, 6.2, 13.3, 23.3, 86.8],
      300: [0.5, 2.0, 4.3, 9.1, 41.0],
    },
  ),
  ...dilocoRows(
    {name: 'Llama 3 405B', parameters: 405e9, numLayers: 126, stepSeconds: 26},
    {
      1: [126.5, 222.3, 268.3, 323.8, 323.8],
      10: [19.3, 72.0, 126.5, 184.2, 268.3],
      50: [3.6, 13.3, 28.1, 59.6, 184.2],
      100: [2.0, 7.5, 16.0, 33.9, 126.5],
      300: [0.7, 3.0, 6.2, 13.3, 59.6],
    },
  ),
  ...dilocoRows(
    {name: 'DeepSeek-V3 671B', parameters: 671e9, numLayers: 61, stepSeconds: 20},
    {
      1: [323.8, 569.0, 686.6, 686.6, above],
      10: [49.4, 152.6, 268.3, 390.7, 686.6],
      50: [7.5, 33.9, 72.0, 126.5, 390.7],
      100: [4.3, 16.0, 41.0, 72.0, 268.3],
      300: [1.7, 6.2, 13.3, 28.1, 126.5],
    },
  ),
];

/** Data parallel, DiLoCo, streaming with fragments of three layers, with overlap, and with four bits as well. */
function streamingRows(model: PublishedModel, rows: readonly (readonly number[])[]): PublishedRow[] {
  const fragments = model.numLayers / 3;
  const methods = [
    {method: 'data parallel', innerSteps: 1, fragments: 1, overlapSteps: 0, bits: 16},
    {method: 'DiLoCo', innerSteps: 100, fragments: 1, overlapSteps: 0, bits: 16},
    {method: 'streaming', innerSteps: 100, fragments, overlapSteps: 0, bits: 16},
    {method: 'with overlap', innerSteps: 100, fragments, overlapSteps: 1, bits: 16},
    {method: 'with overlap, 4 bits', innerSteps: 100, fragments, overlapSteps: 1, bits: 4},
  ];
  return methods.map(({method, ...options}, i) => ({
    ...model,
    ...options,
    name: `${model.name}, ${method}`,
    gigabitsPerSecond: rows[i] ?? [],
  }));
}

/**
 * Douillard et al. 2025, "Streaming DiLoCo" (arXiv 2501.18512), Table 4. One inner step of overlap, which
 * the table does not print (recalled from its text).
 */
export const streamingTable4: readonly PublishedRow[] = [
  ...streamingRows({name: '1B', parameters: 1e9, numLayers: 24, stepSeconds: 0.1}, [
    [86.8, 152.6, 184.2, 222.3, 569.0],
    [1.4, 6.2, 13.3, 23.3, 86.8],
    [1.4, 5.2, 9.1, 16.0, 28.1],
    [1.4, 4.3, 6.2, 9.1, 11.0],
    [0.4, 0.9, 1.7, 2.0, 3.0],
  ]),
  ...streamingRows({name: '10B', parameters: 10e9, numLayers: 48, stepSeconds: 0.8}, [
    [104.8, 222.3, 222.3, 268.3, 471.5],
    [1.7, 7.5, 16.0, 33.9, 104.8],
    [1.7, 5.2, 9.1, 13.3, 19.3],
    [1.7, 3.6, 5.2, 6.2, 7.5],
    [0.4, 0.9, 1.4, 1.4, 1.7],
  ]),
  ...streamingRows({name: '100B', parameters: 100e9, numLayers: 108, stepSeconds: 4.9}, [
    [184.2, 323.8, 390.7, 390.7, 471.5],
    [3.0, 11.0, 23.3, 49.4, 184.2],
    [2.4, 6.2, 9.1, 11.0, 19.3],
    [1.7, 3.6, 4.3, 5.2, 5.2],
    [0.5, 0.9, 1.1, 1.1, 1.4],
  ]),
];

/** The bandwidths that the tables are printed on: 50 points from 0.1 to 1000 Gbit/s, evenly spaced in logarithm. */
export const grid: readonly number[] = Array.from({length: 50}, (_, k) => 0.1 * 10 ** ((4 * k) / 49));
