import {formatCount} from '../../units/format-quantity.js';
import {paint} from '../terminal/paint.js';
import {renderTable} from '../terminal/table.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';

/** A model of a list. */
export interface ListedModel {
  readonly name: string;
  readonly title: string;
  readonly family: string;
  readonly measured: boolean;
  readonly hub: readonly string[];
  readonly parameters: number;
  readonly activeParameters: number;
  readonly layers: number;
  readonly hiddenSize: number;
}

/** Models under the name of their family, in the order given; those of measured tables under a heading of their own. */
export function renderModelList(style: TerminalStyle, models: readonly ListedModel[]): string[] {
  const lines = renderTable(
    style,
    {
      columns: [
        {title: '', align: 'left', drop: 0},
        {title: '', align: 'right', drop: 0},
        {title: '', align: 'left', drop: 1},
        {title: '', align: 'right', drop: 2},
        {title: '', align: 'left', drop: 3},
      ],
      rows: models.map(model => [
        model.name,
        formatCount(model.parameters, 3),
        model.activeParameters < model.parameters ? `${formatCount(model.activeParameters, 3)} active` : '',
        `${model.layers} x ${model.hiddenSize}`,
        model.hub[0] ?? model.title,
      ]),
    },
    '  ',
  );
  return models.flatMap((model, i) => [...headings(style, model, models[i - 1]), lines[i] ?? '']);
}

function headings(style: TerminalStyle, model: ListedModel, before: ListedModel | undefined): string[] {
  if (before?.family === model.family && before.measured === model.measured) return [];
  const group =
    model.measured && before?.measured !== true
      ? [paint(style, 'title', 'models of measured tables'), '']
      : [];
  return [...(before === undefined ? [] : ['']), ...group, paint(style, 'title', model.family)];
}
