import type {OwnLoss} from '../../plan/plan.js';
import {compileFormula, type Expression} from '../expression/compile-formula.js';
import type {LossLaw} from './loss-law.js';

/** What a user's formula may read of a run: parameters, tokens, unique tokens, DiLoCo replicas. */
export const ownLawVariables = ['N', 'D', 'U', 'M'] as const;

/**
 * The user's formula as a law like the published ones.
 *
 * @throws Error where the formula is wrong: that of a plan that was read is not
 */
export function ownLaw({expression, constants, formula}: OwnLoss): LossLaw {
  const names = Object.keys(constants);
  const compiled = compileFormula(formula, [...ownLawVariables, ...names], 'number');
  if ('message' in compiled) throw new Error(`the plan's loss: ${compiled.message}`);
  return makeLaw(expression, constants, compiled);
}

function makeLaw(
  expression: string,
  constants: OwnLoss['constants'],
  {evaluate, reads}: Expression,
): LossLaw {
  const names = Object.keys(constants);
  return {
    title: "the plan's own law",
    form: {
      kind: 'curve',
      equation: expression,
      reads: [
        ...(reads.includes('U') ? (['uniqueTokens'] as const) : []),
        ...(reads.includes('M') ? (['replicas'] as const) : []),
      ],
      coefficients: Object.fromEntries(
        names.map(name => [name, {coordinate: 'linear' as const, starts: [constants[name]?.value ?? 0]}]),
      ),
      loss: (coefficients, {parameters, tokens, uniqueTokens, replicas}) =>
        evaluate([
          parameters,
          tokens,
          uniqueTokens,
          replicas,
          ...names.map(name => coefficients[name] ?? Number.NaN),
        ]),
    },
    coefficients: constants,
    residual: null,
    counts: 'all parameters',
    unit: 'not stated',
    source: 'the plan',
    mark: 'read',
    range: {mark: 'derived', bounds: {}},
    note: '',
  };
}
