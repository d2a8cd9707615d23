import {formatCount} from '../../units/format-quantity.js';
import type {TerminalStyle} from '../page/page.js';
import {paint} from '../page/paint.js';
import {renderTable} from '../page/table.js';

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
export function renderModelList(page: TerminalStyle, models: readonly ListedModel[]): string[] {
  const lines = renderTable(
    page,
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
  return models.flatMap((model, i) => [...headings(page, model, models[i - 1]), lines[i] ?? '']);
}

function headings(page: TerminalStyle, model: ListedModel, before: ListedModel | undefined): string[] {
  if (before?.family === model.family && before.measured === model.measured) return [];
  const group =
    model.measured && before?.measured !== true
      ? [paint(page, 'title', 'models of measured tables'), '']
      : [];
  return [...(before === undefined ? [] : ['']), ...group, paint(page, 'title', model.family)];
}
