import type {ParameterParts} from '../../model/parameters.js';
import {formatCount, formatFlop, formatPercent} from '../../units/format-quantity.js';
import type {ModelView, OperatorSection} from '../model-view.js';
import type {TerminalStyle} from '../page/page.js';
import {paint} from '../page/paint.js';
import {renderTable} from '../page/table.js';
import {wrap} from '../page/wrap.js';
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
export function renderModel(page: TerminalStyle, view: ModelView): string[] {
  const {model, source, hub, sections} = view;
  return [
    paint(page, 'title', model.name),
    ...wrap(page, source ?? '').map(line => paint(page, 'quiet', line)),
    ...wrap(page, hub.join(', ')).map(line => paint(page, 'quiet', line)),
    '',
    ...shapeFacts(page, view),
    '',
    paint(page, 'title', 'parameters'),
    ...parameterTable(page, view),
    ...sections.flatMap(section => ['', ...operatorTable(page, section)]),
  ];
}

function shapeFacts(
  page: TerminalStyle,
  {model, parameters, flopPerToken, sequenceLength}: ModelView,
): string[] {
  const {total, active} = parameters;
  return alignFacts(page, [
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

function parameterTable(page: TerminalStyle, {parameters: {parts, total}}: ModelView): string[] {
  const rows = (Object.keys(partLabels) as (keyof ParameterParts)[])
    .filter(part => parts[part] > 0)
    .map(part => [partLabels[part], String(parts[part]), formatPercent(parts[part] / total)]);
  return renderTable(
    page,
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

function operatorTable(page: TerminalStyle, {title, operators}: OperatorSection): string[] {
  return [
    paint(page, 'title', title),
    ...renderTable(
      page,
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
