import type {Formula} from '../../plan/formula.js';
import {
  compileFormula,
  type Expression,
  type ExpressionProblem,
  type FormulaKind,
} from './compile-formula.js';
import {parseFormula, plainFormula} from './formula-tree.js';

/** A loss law fits on a line or two; it does not reach this. */
const longestText = 500;

/**
 * Compiles `text` over `names`, as a number or as a condition. mathjs only parses: see `compileFormula`
 * for what a formula may hold.
 *
 * @returns the tree in addition to the expression, to compile it again without mathjs
 */
export function compileExpression(
  text: string,
  names: readonly string[],
  kind: FormulaKind,
): (Expression & {readonly formula: Formula}) | ExpressionProblem {
  if (text.length > longestText) {
    return {message: `has ${text.length} characters, above the limit of ${longestText}`, hint: 'shorten it'};
  }
  const tree = parseTree(text);
  if ('message' in tree) return tree;
  const compiled = compileFormula(tree.root, names, kind);
  return 'message' in compiled ? compiled : {...compiled, formula: plainFormula(tree.root)};
}

function parseTree(text: string): {readonly root: Formula} | ExpressionProblem {
  try {
    return {root: parseFormula(text)};
  } catch (error) {
    // The parser recurses: brackets in brackets in brackets end the stack, which is no formula either.
    const detail = error instanceof SyntaxError ? error.message : 'it is nested too deeply';
    return {message: `is not a formula: ${detail}`, hint: 'write it such as E + A / N^alpha + B / D^beta'};
  }
}
