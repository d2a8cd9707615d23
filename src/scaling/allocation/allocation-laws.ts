import type {PowerLaw} from '../power-law.js';
import {deepSeekTokens} from './laws/deepseek.js';
import {kaplanLossOfCompute} from './laws/kaplan.js';
import {llama3Tokens} from './laws/llama-3.js';
import {porianSize} from './laws/porian.js';

/** Laws of what compute buys when it is divided best between size and tokens. */
export const allocationLaws = {
  parameters: {porian: porianSize},
  tokens: {'llama-3': llama3Tokens, deepseek: deepSeekTokens},
  loss: {kaplan: kaplanLossOfCompute},
} as const satisfies Record<string, Record<string, PowerLaw<never>>>;
