/** Syntax tree of a formula that a user wrote, as plain data. Node names are those of mathjs, which parses it. */
export type Formula =
  | {readonly type: 'ConstantNode'; readonly value: unknown}
  | {readonly type: 'SymbolNode'; readonly name: string}
  | {readonly type: 'ParenthesisNode'; readonly content: Formula}
  | {readonly type: 'OperatorNode'; readonly fn: string; readonly args: readonly Formula[]}
  | {readonly type: 'FunctionNode'; readonly fn: Formula; readonly args: readonly Formula[]}
  | {
      readonly type: 'RelationalNode';
      readonly conditionals: readonly string[];
      readonly params: readonly Formula[];
    };
