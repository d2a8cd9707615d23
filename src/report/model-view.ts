import {forwardParts, hardwareFlopPerToken, modelFlopPerToken} from '../model/flop.js';
import {countLayerKinds} from '../model/layer-kinds.js';
import {embeddingOperators, headOperators, layerOperators} from '../model/layer-operators.js';
import {forwardFlop, type Operator} from '../model/operators.js';
import {countParameters, type ParameterCount} from '../model/parameters.js';
import type {LayerKind, Transformer} from '../model/transformer.js';

/** A model with where its figures come from. */
export interface SourcedModel {
  readonly model: Transformer;
  readonly source: string | null;
  /** Repositories of the Hugging Face hub whose models have this shape. */
  readonly hub: readonly string[];
}

/** What reports show of a model, at one sequence length. */
export interface ModelView extends SourcedModel {
  readonly sequenceLength: number;
  readonly parameters: ParameterCount;
  /** FLOP of training on one token, attention counted in full. */
  readonly flopPerToken: {
    readonly model: number;
    readonly hardwareFullRecompute: number;
    readonly forwardLayers: number;
    readonly forwardAttentionCores: number;
    readonly forwardHead: number;
  };
  readonly sections: readonly OperatorSection[];
}

/** Operators of one part of the model in the order in which they run. */
export interface OperatorSection {
  readonly title: string;
  readonly operators: readonly {
    readonly name: string;
    readonly shape: string;
    readonly forwardFlop: number;
  }[];
}

export function makeModelView({model, source, hub}: SourcedModel, sequenceLength: number): ModelView {
  const forward = forwardParts(model, sequenceLength, 'full');
  const section = (title: string, operators: readonly Operator[]): OperatorSection => ({
    title,
    operators: operators.map(operator => ({
      ...describeOperator(operator),
      forwardFlop: forwardFlop(operator, sequenceLength),
    })),
  });
  return {
    model,
    source,
    hub,
    sequenceLength,
    parameters: countParameters(model),
    flopPerToken: {
      model: modelFlopPerToken(model, sequenceLength, 'full'),
      hardwareFullRecompute: hardwareFlopPerToken(model, sequenceLength, 'full', 'full'),
      forwardLayers: forward.layers,
      forwardAttentionCores: forward.attentionCores,
      forwardHead: forward.head,
    },
    sections: [
      section('embedding', embeddingOperators(model)),
      ...countLayerKinds(model).map(({kind, count}) =>
        section(`${count} x ${formatLayer(kind)}`, layerOperators(model, kind)),
      ),
      section('head', headOperators(model)),
    ],
  };
}

function formatLayer({experts, attention}: LayerKind): string {
  return [experts ? 'layer of experts' : 'layer', ...(attention === 'local' ? ['local attention'] : [])].join(
    ', ',
  );
}

/** An operator's name and its widths per token. */
function describeOperator(operator: Operator): {readonly name: string; readonly shape: string} {
  switch (operator.kind) {
    case 'gemm':
      return {name: operator.name, shape: `${operator.inFeatures} x ${operator.outFeatures}`};
    case 'attention': {
      const {numHeads, numKeyValueHeads, headSize} = operator;
      const shared = numKeyValueHeads === numHeads ? '' : ` over ${numKeyValueHeads} key-value heads`;
      return {name: 'attention', shape: `${numHeads} heads of ${headSize}${shared}`};
    }
    case 'norm':
      return {name: `${operator.name} norm`, shape: `${operator.type} over ${operator.features}`};
    case 'elementwise':
      return {name: operator.name, shape: 'element by element'};
    case 'router':
      return {name: 'router', shape: `${operator.inFeatures} x ${operator.numExperts}, top ${operator.topK}`};
    case 'experts':
      return {
        name: 'experts',
        shape: `${operator.topK} of ${operator.numExperts}, ${operator.hiddenSize} x ${operator.expertHiddenSize}`,
      };
    case 'embedding':
      return {name: 'embedding', shape: `${operator.vocabularySize} x ${operator.hiddenSize}`};
    case 'loss':
      return {name: 'loss', shape: `over ${operator.vocabularySize}`};
  }
}
