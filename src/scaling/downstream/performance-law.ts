import type {LawFacts} from '../law-facts.js';
import {outsideRange} from '../outside-range.js';

/** A dense model and its training as the MMLU score depends on them. */
export interface PerformanceInputs {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly feedForwardSize: number;
  readonly parameters: number;
  readonly tokens: number;
  /** What low precision loses; 1: nothing. */
  readonly precisionLoss?: number;
}

export const performanceLaw = {
  title: 'Performance Law 2024, MMLU of dense models',
  source: 'Wu & Tang 2024, "Performance Law of Large Language Models"; wuch15/performance-law-planner',
  mark: 'read',
  range: {mark: 'derived', bounds: {score: {from: 25, to: 90}}},
  note: 'of models trained on good recent data: Llama 2 7B scored 13 points below it',
} as const satisfies LawFacts<'score'>;

/** A score by chance: four answers to choose from. */
const chance = 25;

/** MMLU in percent; at chance where the law is below it. */
export function mmluScore(inputs: PerformanceInputs): number {
  const {layers, hiddenSize, feedForwardSize, parameters, tokens, precisionLoss = 1} = inputs;
  const depth = (10 / feedForwardSize + 20 / hiddenSize) * precisionLoss * layers;
  const stability = Math.exp(-(depth ** 2));
  // Tokens beyond a thousand a parameter count for nothing.
  const trillions = Math.min(tokens / 1e12, parameters / 1e9);
  const score =
    13.95018192 * Math.log(stability * layers) +
    0.23072027 * Math.log(stability * hiddenSize) -
    0.48523402 * Math.log(stability * feedForwardSize) +
    5.39801689 * Math.log(stability * trillions) +
    9.195410649;
  return Math.max(chance, score);
}

/** Why the score is where the law does not hold; empty elsewhere. */
export function mmluOutsideRange(inputs: PerformanceInputs): string[] {
  return outsideRange(performanceLaw.range, {score: mmluScore(inputs)});
}
