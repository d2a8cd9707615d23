import type {ParameterParts} from '../../model/parameters.js';
import {formatCount, formatFlop, formatPercent} from '../../units/format-quantity.js';
import type {ModelView, OperatorSection} from '../model-view.js';
import {paint} from '../terminal/paint.js';
import {renderTable} from '../terminal/table.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';
import {alignFacts} from './headline.js';

const partLabels: Readonly<Record<keyof ParameterParts, string>> = {
  embedding: 'embedding',
  positions: 'positions',
  attention: 'attention',
  feedForward: 'feed-forward',
  experts: 'experts',
  router: 'router',
  norms: 'norms in layers',
  outerNorms: 'norms outside layers',
  head: 'head',
  multiTokenPrediction: 'multi-token prediction',
};

/** A model: parameters by part, FLOP of a token, operators. */
export function renderModel(style: TerminalStyle, view: ModelView): string[] {
  const {model, source, hub, sections} = view;
  return [
    paint(style, 'title', model.name),
    ...wrap(style, source ?? '').map(line => paint(style, 'quiet', line)),
    ...wrap(style, hub.join(', ')).map(line => paint(style, 'quiet', line)),
    '',
    ...shapeFacts(style, view),
    '',
    paint(style, 'title', 'parameters'),
    ...parameterTable(style, view),
    ...sections.flatMap(section => ['', ...operatorTable(style, section)]),
  ];
}

function shapeFacts(
  style: TerminalStyle,
  {model, parameters, flopPerToken, sequenceLength}: ModelView,
): string[] {
  const {total, active} = parameters;
  return alignFacts(style, [
    [
      'parameters',
      String(total),
      formatCount(total, 4),
      ...(active === total ? [] : [`${formatCount(active, 4)} active`]),
    ],
    [
      'shape',
      `${model.numLayers} layers of ${model.hiddenSize}`,
      `${model.attention.numHeads} heads`,
      `vocabulary ${model.vocabularySize}`,
    ],
    [
      'a token',
      formatFlop(flopPerToken.model),
      `in a sequence of ${sequenceLength}`,
      `${formatFlop(flopPerToken.hardwareFullRecompute)} with full recomputation`,
    ],
  ]);
}

function parameterTable(style: TerminalStyle, {parameters: {parts, total}}: ModelView): string[] {
  const rows = (Object.keys(partLabels) as (keyof ParameterParts)[])
    .filter(part => parts[part] > 0)
    .map(part => [partLabels[part], String(parts[part]), formatPercent(parts[part] / total)]);
  return renderTable(
    style,
    {
      columns: [
        {title: '', align: 'left', drop: 0},
        {title: '', align: 'right', drop: 0},
        {title: '', align: 'right', drop: 1},
      ],
      rows,
    },
    '  ',
  );
}

function operatorTable(style: TerminalStyle, {title, operators}: OperatorSection): string[] {
  return [
    paint(style, 'title', title),
    ...renderTable(
      style,
      {
        columns: [
          {title: 'operator', align: 'left', drop: 0},
          {title: 'widths', align: 'left', drop: 1},
          {title: 'forward, a token', align: 'right', drop: 0},
        ],
        rows: operators.map(({name, shape, forwardFlop}) => [
          name,
          shape,
          forwardFlop === 0 ? '' : formatFlop(forwardFlop),
        ]),
      },
      '  ',
    ),
  ];
}
