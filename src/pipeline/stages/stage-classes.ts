import {kindIndex, type ModelChunk, modelChunks} from '../../cost/workload/model-chunk.js';
import type {StageBalance} from '../../frameworks/stack.js';
import type {Layout} from '../../layout/layout.js';
import {factsOfSchedule} from '../../layout/schedules.js';
import type {Transformer} from '../../model/transformer.js';
import {schedules} from '../schedules/schedules.js';

/** Stages that hold the same chunks of the model: they take the same time, the first of them most memory. */
export interface StageClass {
  readonly chunks: readonly ModelChunk[];
  /** The distinct ones among the chunks, as indices into the kinds of chunks, with how many there are of each. */
  readonly counts: readonly {readonly chunkKind: number; readonly count: number}[];
  /** Share of the micro-batches that pass through each chunk: 1, or a half of two directions. */
  readonly share: number;
  /** Stages of this class in order. */
  readonly stages: readonly number[];
}

/** Assignment of a model's chunks to the stages of a layout. */
export interface StageAssignment {
  readonly classes: readonly StageClass[];
  /** Distinct chunks of the pipeline. */
  readonly chunkKinds: readonly ModelChunk[];
  /** Cache key of each distinct chunk. Equal for chunks with the same layers, across pipeline degrees. */
  readonly chunkKeys: readonly string[];
  /** Kind of each chunk of the model in order, as an index into the kinds. */
  readonly chunks: readonly number[];
  /** Indices into `chunkKinds`: first chunk, middle chunks, last chunk. */
  readonly first: number;
  readonly middle: readonly number[];
  readonly last: number;
  /** First stage of each class. */
  readonly firstStages: readonly number[];
  /** Every stage waits for passes through the others, first and last. */
  readonly fillsAndDrains: boolean;
  /** Gradients of weights are passes by themselves. */
  readonly splitsBackward: boolean;
}

/** How a pipeline is cut and scheduled. */
export type PipelineChoice = Pick<Layout, 'pipeline' | 'virtualStages' | 'schedule'>;

/** Chunks and classes of stages, in the order of their first stages. */
export function stageAssignment(
  model: Transformer,
  layout: PipelineChoice,
  balance: StageBalance = 'layers',
): StageAssignment {
  const {pipeline: stages, virtualStages} = layout;
  // Placement does not depend on the number of micro-batches; two directions need a few.
  const {routes} = schedules[layout.schedule].placement({stages, virtualStages, microbatches: 2 * stages});
  const chunks = modelChunks(model, routes[0]?.stops.length ?? stages, balance);
  const held: ModelChunk[][] = Array.from({length: stages}, () => []);
  for (const {stops} of routes) {
    stops.forEach(({device}, modelChunk) => {
      held[device]?.push(chunks[modelChunk] as ModelChunk);
    });
  }
  const kinds = chunkKindsOf(chunks);
  const indexOf = (chunk: ModelChunk) => kinds.keys.indexOf(chunkKey(chunk));
  const facts = factsOfSchedule(layout.schedule);
  const classes = classesOf(held, 1 / routes.length, indexOf);
  return {
    classes,
    chunkKinds: kinds.chunks,
    chunkKeys: kinds.keys,
    chunks: chunks.map(indexOf),
    first: indexOf(chunks[0] as ModelChunk),
    middle: [...new Set(chunks.slice(1, -1).map(indexOf))],
    last: indexOf(chunks.at(-1) as ModelChunk),
    firstStages: classes.map(({stages: own}) => own[0] ?? 0),
    fillsAndDrains: facts.fillsAndDrains,
    splitsBackward: facts.splitsBackward,
  };
}

function chunkKindsOf(chunks: readonly ModelChunk[]): {
  readonly keys: readonly string[];
  readonly chunks: readonly ModelChunk[];
} {
  const kinds = new Map(chunks.map(chunk => [chunkKey(chunk), chunk]));
  return {keys: [...kinds.keys()], chunks: [...kinds.values()]};
}

function classesOf(
  held: readonly (readonly ModelChunk[])[],
  share: number,
  indexOf: (chunk: ModelChunk) => number,
): readonly StageClass[] {
  const classes = new Map<string, StageClass & {readonly stages: number[]}>();
  held.forEach((chunks, stage) => {
    const kinds = chunks.map(indexOf);
    const known = classes.get(kinds.join(' '));
    if (known !== undefined) known.stages.push(stage);
    else {
      const counts = [...new Set(kinds)].map(chunkKind => ({
        chunkKind,
        count: kinds.filter(kind => kind === chunkKind).length,
      }));
      classes.set(kinds.join(' '), {chunks, counts, share, stages: [stage]});
    }
  });
  return [...classes.values()];
}

/** Equal for chunks that hold the same. */
function chunkKey({layers, hasEmbedding, hasHead}: ModelChunk): string {
  const held = layers.map(({kind, count}) => `${count}:${kindIndex(kind)}`).join(' ');
  return `${hasEmbedding ? '<' : ''}${held}${hasHead ? '>' : ''}`;
}
