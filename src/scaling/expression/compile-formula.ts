import type {Formula} from '../../plan/formula.js';
import {comparisons, conditions, functions, operators} from './operations.js';

/** A formula of numbers only, ready to be evaluated often. */
export interface Expression {
  /** Names that it reads, among those that it was compiled for. */
  readonly reads: readonly string[];
  /** @param values of the names that it was compiled for, in their order; a condition gives 1 or 0 */
  evaluate(values: ArrayLike<number>): number;
}

/** Why a text is no formula, and what to do about it. */
export interface ExpressionProblem {
  readonly message: string;
  readonly hint: string;
}

export type FormulaKind = 'number' | 'condition';
type Evaluate = Expression['evaluate'];
interface Compiled {
  readonly kind: FormulaKind;
  readonly evaluate: Evaluate;
}

/** A loss law fits on a line or two; it does not reach this. */
const mostNodes = 200;

/**
 * Compiles a tree over `names`, as a number or as a condition.
 *
 * It is rebuilt from a list of what is allowed: numbers, names, arithmetic, comparisons and the functions
 * in `operations.ts`. Nothing else can be reached, there are no loops, and every value is one number:
 * time and memory are bounded by the number of nodes.
 */
export function compileFormula(
  root: Formula,
  names: readonly string[],
  kind: FormulaKind,
): Expression | ExpressionProblem {
  const reader: Reader = {names, reads: new Set(), nodes: 0};
  try {
    const compiled = compileAs(kind, root, reader);
    return {reads: [...reader.reads], evaluate: compiled};
  } catch (error) {
    if (error instanceof Refusal) return {message: error.message, hint: error.hint};
    throw error;
  }
}

interface Reader {
  readonly names: readonly string[];
  readonly reads: Set<string>;
  nodes: number;
}

/** Ends the walk through the tree; caught where it started. */
class Refusal extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

function compileAs(kind: FormulaKind, node: Formula, reader: Reader): Evaluate {
  const compiled = compile(node, reader);
  if (compiled.kind === kind) return compiled.evaluate;
  throw kind === 'number'
    ? new Refusal(
        `"${String(node)}" is a condition where a number is wanted`,
        'compare numbers only in a condition',
      )
    : new Refusal(
        `"${String(node)}" is a number where a condition is wanted`,
        'compare it, such as d / n >= 0.4',
      );
}

function compile(node: Formula, reader: Reader): Compiled {
  if (++reader.nodes > mostNodes) throw new Refusal(`has more than ${mostNodes} parts`, 'simplify it');
  switch (node.type) {
    case 'ConstantNode':
      return constant(node.value);
    case 'SymbolNode':
      return symbol(node.name, reader);
    case 'ParenthesisNode':
      return compile(node.content, reader);
    case 'OperatorNode':
      return operation(node.fn, node.args, reader);
    case 'FunctionNode':
      return call(node.fn, node.args, reader);
    case 'RelationalNode':
      return chain(node.conditionals, node.params, reader);
    default:
      throw new Refusal(
        `"${String(node)}" is not allowed here`,
        'use numbers, names, arithmetic and comparisons',
      );
  }
}

function constant(value: unknown): Compiled {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new Refusal(`${JSON.stringify(value)} is not a number`, 'write numbers such as 0.34 or 6e9');
  return {kind: 'number', evaluate: () => value};
}

function symbol(name: string, reader: Reader): Compiled {
  const place = reader.names.indexOf(name);
  if (place === -1) throw new Refusal(`unknown name ${name}`, `use ${reader.names.join(', ')}`);
  reader.reads.add(name);
  return {kind: 'number', evaluate: values => values[place] ?? Number.NaN};
}

function operation(name: string, args: readonly Formula[], reader: Reader): Compiled {
  const arithmetic = own(operators, name);
  if (arithmetic !== undefined)
    return {kind: 'number', evaluate: applied(arithmetic, 'number', args, reader)};
  const comparison = own(comparisons, name);
  if (comparison !== undefined)
    return {kind: 'condition', evaluate: applied(comparison, 'number', args, reader)};
  const condition = own(conditions, name);
  if (condition !== undefined)
    return {kind: 'condition', evaluate: applied(condition, 'condition', args, reader)};
  throw new Refusal(`the operator ${name} is not allowed here`, 'use + - * / ^ and comparisons');
}

function call(callee: Formula, args: readonly Formula[], reader: Reader): Compiled {
  const name = callee.type === 'SymbolNode' ? callee.name : String(callee);
  const known = own(functions, name);
  if (known === undefined)
    throw new Refusal(`unknown function ${name}`, `use ${Object.keys(functions).join(', ')}`);
  const [fewest, most] = known.takes;
  if (args.length < fewest || args.length > most) {
    throw new Refusal(
      `${name} takes ${fewest === most ? fewest : `${fewest} or more`} values`,
      'add or take out values',
    );
  }
  return {kind: 'number', evaluate: applied(known.of, 'number', args, reader)};
}

/** a < b <= c: every two neighbours. */
function chain(names: readonly string[], params: readonly Formula[], reader: Reader): Compiled {
  const sides = params.map(param => compileAs('number', param, reader));
  const links = names.map((name, i) => {
    const [comparison, left, right] = [own(comparisons, name), sides[i], sides[i + 1]];
    if (comparison === undefined || left === undefined || right === undefined)
      throw new Refusal(`the comparison ${name} is not allowed here`, 'use < <= > >=');
    return (values: ArrayLike<number>) => comparison(left(values), right(values));
  });
  return {kind: 'condition', evaluate: values => Number(links.every(link => link(values) === 1))};
}

function applied(
  of: (...values: number[]) => number,
  kind: FormulaKind,
  args: readonly Formula[],
  reader: Reader,
): Evaluate {
  const compiled = args.map(arg => compileAs(kind, arg, reader));
  const [first, second] = compiled;
  if (first !== undefined && second === undefined) return values => of(first(values));
  if (first !== undefined && second !== undefined && compiled.length === 2)
    return values => of(first(values), second(values));
  return values => of(...compiled.map(evaluate => evaluate(values)));
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
