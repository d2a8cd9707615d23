import {truncate} from '../../../report/page/display-width.js';
import type {TerminalStyle} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import type {StartDialog} from '../../state/dialog.js';
import {startQuestions} from '../../state/start-questions.js';
import {hints} from '../../widgets/hints.js';
import {inputField} from '../../widgets/input-field.js';
import {mark} from '../../widgets/marks.js';
import {pickerLines} from './picker-lines.js';

const labelColumns = 18;

/** The questions of a start without a plan, each with its answer or its default, and the list of names. */
export function startLines(page: TerminalStyle, dialog: StartDialog, rows: number): string[] {
  const asked = startQuestions.map(({label}, i) => {
    const here = i === dialog.question;
    const cursor = here ? mark(page, 'cursor') : ' ';
    const answer = dialog.answers[i] ?? '';
    const text = `${cursor} ${label.padEnd(labelColumns)} `;
    const room = page.width - labelColumns - 5;
    if (here && dialog.typed !== '') return text + inputField(page, dialog.typed, room);
    const value = truncate(answer, room - 2);
    if (here) return text + paint(page, 'selected', ` ${value} `);
    return `${text} ${i < dialog.question ? value : paint(page, 'quiet', value)}`;
  });
  const head = [
    '',
    ` ${paint(page, 'title', 'walltime')}  how long will a training run take, and on which layout?`,
    '',
    ...asked.map(line => `  ${line}`),
    '',
  ];
  const list =
    dialog.picker === null
      ? [paint(page, 'quiet', `    ${startQuestions[dialog.question]?.example ?? ''}`)]
      : pickerLines(
          {...page, width: Math.min(60, page.width - 6)},
          dialog.picker,
          Math.max(2, rows - head.length - 2),
        ).map(line => `    ${line}`);
  return [...head, ...list];
}

export function startHints(page: TerminalStyle): string {
  const enter = mark(page, 'enter');
  return hints(page, [
    `${enter} take and go on`,
    'type to search',
    `${mark(page, 'upDown')} choose`,
    'esc back',
    'Ctrl-C quit',
  ]);
}
