import {create, parseDependencies} from 'mathjs/number';

/**
 * The nodes of mathjs' syntax tree that a formula may hold; a tree may hold others, of further types.
 * mathjs' own declarations do not tell them apart by `type`.
 */
export type FormulaNode =
  | {readonly type: 'ConstantNode'; readonly value: unknown}
  | {readonly type: 'SymbolNode'; readonly name: string}
  | {readonly type: 'ParenthesisNode'; readonly content: FormulaNode}
  | {readonly type: 'OperatorNode'; readonly fn: string; readonly args: readonly FormulaNode[]}
  | {readonly type: 'FunctionNode'; readonly fn: FormulaNode; readonly args: readonly FormulaNode[]}
  | {
      readonly type: 'RelationalNode';
      readonly conditionals: readonly string[];
      readonly params: readonly FormulaNode[];
    };

// Only the parser and what it needs: a fifth of the whole of mathjs in size and start-up.
const parser: {readonly parse: (text: string) => unknown} = create(parseDependencies ?? {});

/** @throws SyntaxError where `text` is no formula; RangeError where its brackets are nested too deeply */
export function parseFormula(text: string): FormulaNode {
  return parser.parse(text) as FormulaNode;
}
