import type {OwnLoss} from '../../plan/plan.js';
import {compileExpression} from '../expression/compile-expression.js';
import type {ExpressionProblem} from '../expression/compile-formula.js';
import {functions} from '../expression/operations.js';
import {ownLawVariables} from './own-law.js';

/** Which part of the user's law is wrong, and how. */
export type OwnLossProblem = ExpressionProblem & {readonly at: 'expression' | {readonly constant: string}};

/** The user's law with its formula parsed, or everything that is wrong with it. */
export function checkOwnLoss({
  expression,
  constants,
}: Omit<OwnLoss, 'formula'>): OwnLoss | {readonly problems: OwnLossProblem[]} {
  const names = Object.keys(constants);
  const wrongNames = names.flatMap(nameProblems);
  const compiled = compileExpression(expression, [...ownLawVariables, ...names], 'number');
  if ('message' in compiled) return {problems: [...wrongNames, {at: 'expression', ...compiled}]};
  const {reads, evaluate, formula} = compiled;
  const unused = names.filter(name => !reads.includes(name));
  const problems = [...wrongNames, ...unused.map(unusedProblem)];
  if (!reads.includes('N') && !reads.includes('D'))
    problems.push({
      at: 'expression',
      message: 'depends on neither N nor D',
      hint: 'N: parameters, D: tokens',
    });
  const example = evaluate([1e9, 20e9, 20e9, 1, ...names.map(name => constants[name]?.value ?? Number.NaN)]);
  if (problems.length === 0 && !(example > 0 && example < Infinity)) {
    const message = `is ${example} for 1 B parameters on 20 B tokens`;
    problems.push({at: 'expression', message, hint: 'a loss is a number above 0'});
  }
  return problems.length > 0 ? {problems} : {expression, constants, formula};
}

function nameProblems(name: string): OwnLossProblem[] {
  const at = {constant: name};
  if (!/^[A-Za-z]\w{0,30}$/.test(name))
    return [{at, message: 'is not a name', hint: 'a letter, then letters, digits or _'}];
  if (ownLawVariables.some(variable => variable === name) || Object.hasOwn(functions, name))
    return [{at, message: `${name} has a meaning already`, hint: 'name the constant otherwise'}];
  return [];
}

function unusedProblem(name: string): OwnLossProblem {
  return {at: {constant: name}, message: 'is not in the expression', hint: 'take it out'};
}
