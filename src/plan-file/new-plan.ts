import {stringify} from 'yaml';
import {formatCount} from '../units/format-quantity.js';

/** What a plan cannot do without. */
export interface NewPlan {
  readonly model: string;
  readonly hardware: string;
  /** `64`, `64 devices` or `8 nodes`. */
  readonly size: string;
  /** A count as a plan file takes it. */
  readonly tokens: string;
}

/** A sequence that every model of the package takes. */
const sequenceLength = 4096;
/** Tokens of a batch: what Llama 2 was trained with (Touvron et al. 2023, arXiv 2307.09288, sec. 2.2). */
const batchTokens = 4 * 2 ** 20;
const defaultDevicesPerNode = 8;

/** Text of a plan with defaults for what is not given. */
export function newPlanText({model, hardware, size, tokens}: NewPlan): string {
  const [, digits = size, word = ''] = /^\s*([\d,]+)\s*([a-z]*)\s*$/i.exec(size) ?? [];
  const isNodes = /^n/i.test(word);
  const count = Number(digits.replaceAll(',', ''));
  const devices = Math.max(1, Number.isFinite(count) ? count : 1) * (isNodes ? defaultDevicesPerNode : 1);
  const sequences = batchTokens / sequenceLength;
  const batch = devices * Math.max(1, Math.ceil(sequences / devices));
  const scalar = (text: string) => stringify(text).trim();
  return [
    'walltime: 1',
    `name: ${scalar(`${model} on ${formatCount(count)} ${isNodes ? 'nodes of ' : ''}${hardware}`)}`,
    `model: ${scalar(model)}`,
    'cluster:',
    `  hardware: ${scalar(hardware)}`,
    `  ${isNodes ? 'nodes' : 'devices'}: ${digits.replaceAll(',', '')}`,
    'training:',
    `  tokens: ${/^[\d.]+(e\d+)?$/i.test(tokens) ? tokens : scalar(tokens)}`,
    `  sequence_length: ${sequenceLength}`,
    `  global_batch: ${batch}`,
    '  precision: bf16',
    '',
  ].join('\n');
}
