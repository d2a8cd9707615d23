import {compileExpression, type ExpressionProblem} from '../expression/compile-expression.js';
import {functions} from '../expression/operations.js';
import type {Coefficient} from '../law-facts.js';
import type {LossLaw} from './loss-law.js';

/** A loss law as a user writes it: a formula over N and D and its constants by name. */
export interface OwnLoss {
  readonly expression: string;
  readonly constants: Readonly<Record<string, Coefficient>>;
}

/** What the formula may read of a run: parameters, tokens, unique tokens, DiLoCo replicas. */
const variables = ['N', 'D', 'U', 'M'] as const;

/** Which part of the user's law is wrong, and how. */
export type OwnLossProblem = ExpressionProblem & {readonly at: 'expression' | {readonly constant: string}};

/** The user's formula as a law like the published ones, or everything that is wrong with it. */
export function ownLossLaw({
  expression,
  constants,
}: OwnLoss): LossLaw | {readonly problems: OwnLossProblem[]} {
  const names = Object.keys(constants);
  const wrongNames = names.flatMap(nameProblems);
  const compiled = compileExpression(expression, [...variables, ...names], 'number');
  if ('message' in compiled) return {problems: [...wrongNames, {at: 'expression', ...compiled}]};
  const {reads, evaluate} = compiled;
  const unused = names.filter(name => !reads.includes(name));
  const problems = [...wrongNames, ...unused.map(unusedProblem)];
  if (!reads.includes('N') && !reads.includes('D'))
    problems.push({
      at: 'expression',
      message: 'depends on neither N nor D',
      hint: 'N: parameters, D: tokens',
    });
  const law = makeLaw(expression, constants, evaluate);
  const example = evaluate([1e9, 20e9, 20e9, 1, ...names.map(name => constants[name]?.value ?? Number.NaN)]);
  if (problems.length === 0 && !(example > 0 && example < Infinity)) {
    const message = `is ${example} for 1 B parameters on 20 B tokens`;
    problems.push({at: 'expression', message, hint: 'a loss is a number above 0'});
  }
  return problems.length > 0 ? {problems} : law;
}

function makeLaw(
  expression: string,
  constants: OwnLoss['constants'],
  evaluate: (values: readonly number[]) => number,
): LossLaw {
  const names = Object.keys(constants);
  return {
    title: "the plan's own law",
    form: {
      kind: 'curve',
      equation: expression,
      reads: [],
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

function nameProblems(name: string): OwnLossProblem[] {
  const at = {constant: name};
  if (!/^[A-Za-z]\w{0,30}$/.test(name))
    return [{at, message: 'is not a name', hint: 'a letter, then letters, digits or _'}];
  if (variables.some(variable => variable === name) || Object.hasOwn(functions, name))
    return [{at, message: `${name} has a meaning already`, hint: 'name the constant otherwise'}];
  return [];
}

function unusedProblem(name: string): OwnLossProblem {
  return {at: {constant: name}, message: 'is not in the expression', hint: 'take it out'};
}
