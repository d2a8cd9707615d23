import {create, parseDependencies} from 'mathjs/number';
import type {Formula} from '../../plan/formula.js';

// Only the parser and what it needs: a fifth of the whole of mathjs in size and start-up.
const parser: {readonly parse: (text: string) => unknown} = create(parseDependencies ?? {});

/**
 * The tree of mathjs, whose own declarations do not discriminate its nodes by `type`; it may hold nodes of
 * further types.
 *
 * @throws SyntaxError where `text` is no formula; RangeError where its brackets are nested too deeply
 */
export function parseFormula(text: string): Formula {
  return parser.parse(text) as Formula;
}

/** A tree that compiles without what mathjs hangs on its nodes: plain data, to be kept and sent elsewhere. */
export function plainFormula(node: Formula): Formula {
  switch (node.type) {
    case 'ConstantNode':
      return {type: node.type, value: node.value};
    case 'SymbolNode':
      return {type: node.type, name: node.name};
    case 'ParenthesisNode':
      return {type: node.type, content: plainFormula(node.content)};
    case 'OperatorNode':
      return {type: node.type, fn: node.fn, args: node.args.map(plainFormula)};
    case 'FunctionNode':
      return {type: node.type, fn: plainFormula(node.fn), args: node.args.map(plainFormula)};
    case 'RelationalNode':
      return {
        type: node.type,
        conditionals: [...node.conditionals],
        params: node.params.map(plainFormula),
      };
  }
}
