import type {VariantChoices} from '../../plan/variant.js';
import {formatCount} from '../../units/format-quantity.js';

/** Format of each choice outside the layout: a heading, and its value in words. */
export const variantChoiceFormats: {
  readonly [Key in keyof Required<VariantChoices>]: {
    readonly title: string;
    readonly words: (value: string) => string;
  };
} = {
  hardware: {title: 'hardware', words: value => value},
  software: {title: 'software', words: value => value},
  nodes: {title: 'nodes', words: value => `${value} nodes`},
  spareNodes: {title: 'spare', words: value => `${value} spare`},
  devices: {title: 'devices', words: value => `${value} devices`},
  globalBatch: {title: 'batch', words: value => `batch ${value}`},
  sequenceLength: {title: 'sequence', words: value => `sequences of ${value}`},
  precision: {title: 'precision', words: value => value},
  replicas: {
    title: 'replicas',
    words: value => (value === 'none' ? 'data parallel' : `${value} replicas`),
  },
  innerSteps: {title: 'inner steps', words: value => `every ${value} steps`},
  fragments: {title: 'fragments', words: value => (value === '1' ? 'one fragment' : `${value} fragments`)},
  tokens: {title: 'tokens', words: value => `${value} tokens for the same loss`},
};

/** Choices of a variant in words: `64 nodes`, `batch 512`. */
export function formatVariant(choices: VariantChoices): string[] {
  return Object.entries(choices).map(([key, value]) =>
    variantChoiceFormats[key as keyof VariantChoices].words(
      typeof value === 'number' ? formatCount(value) : value,
    ),
  );
}
