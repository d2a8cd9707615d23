import type {Cluster} from '../../cluster/cluster.js';
import type {Framework} from '../../frameworks/framework.js';
import {type Month, month} from '../../frameworks/release.js';
import type {LayoutFieldName} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import {columns, type RawRun} from './columns.js';
import type {Measurement} from './measurement.js';

/** A run as its row states it, with the cells that it was inferred from. */
export interface InferredRun {
  readonly measurement: Measurement;
  readonly stated: RawRun;
}

/** Fields of a layout that recipes decide where the row's column is empty. */
const openFields = ['virtualStages', 'sharding', 'sequenceParallel', 'expertTensor'] as const;

/** Fields that are as the recipes or else the framework have them, of which most rows are silent. */
const defaultedFields = ['overlapGradients', 'overlapParameters', 'contextExchange'] as const;

/** The run with what its framework decides where the row states nothing. */
export function withFrameworkChoices(
  {measurement, stated}: InferredRun,
  {recipeDefaults: recipes, defaults, logs, ownFlashKernel, compilesLossSince}: Framework,
  cluster: Cluster,
): Measurement {
  const isRecipe = recipes?.tables.test(measurement.framework) ?? false;
  const {layout, model, training, kernels, assumptions} = measurement;
  const recipe = isRecipe ? (recipes?.fields(layout, {model, training, cluster}) ?? {}) : {};
  const taken = openFields.filter(field => stated[field] === null && recipe[field] !== undefined);
  const chosen: readonly LayoutFieldName[] = taken.includes('virtualStages') ? [...taken, 'schedule'] : taken;
  const hasOwnFlash = ownFlashKernel && (isRecipe || recipes === undefined);
  const gradientBytes = training.gradientBytes ?? (isRecipe ? (recipes?.gradientBytes ?? null) : null);
  const isCompiled = kernels.compiled === true && compilesLossSince !== undefined;
  const runs = sourceMonth(measurement.source) ?? Number.POSITIVE_INFINITY;
  const decided = {
    ...layout,
    ...(Object.fromEntries(chosen.map(field => [field, recipe[field]])) as Partial<Layout>),
  };
  const defaulted = defaultedFields.map(field => {
    const usual =
      recipe[field] ?? defaults[field]?.value(decided, {model, training, cluster}) ?? layout[field];
    return [field, stated[field] ?? usual] as const;
  });
  return {
    ...measurement,
    layout: {...decided, ...Object.fromEntries(defaulted)},
    training: {
      ...training,
      gradientBytes,
      attentionKernel:
        training.attentionKernel ?? (stated.flashAttention === true && !hasOwnFlash ? 'flash2' : null),
    },
    kernels: {...kernels, compiledLoss: isCompiled && runs >= compilesLossSince},
    loggedMemory: measurement.loggedMemory ?? logs.memory,
    assumptions: [
      ...assumptions,
      ...taken.map(
        field => `${columns[field].name} not stated: taken as ${recipe[field]}, as recipes set it`,
      ),
      ...(gradientBytes === training.gradientBytes
        ? []
        : [`bits of gradients not stated: taken as ${8 * (gradientBytes ?? 0)}, as recipes set it`]),
    ],
  };
}

/** Month in the name of a source: of a container (`26.04 ... Container`), a tag (`@v25.02`) or a page (`2025-06`). */
export function sourceMonth(source: string): Month | null {
  const short =
    /\b(\d\d)\.(0[1-9]|1[0-2])(?:\.\d+)? \w+ Container\b/.exec(source) ??
    /@v(\d\d)\.(0[1-9]|1[0-2])\b/.exec(source);
  if (short !== null) return month(`20${short[1]}-${short[2]}`);
  const long = /(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])(?!\d)/.exec(source);
  return long && month(`${long[1]}-${long[2]}`);
}
