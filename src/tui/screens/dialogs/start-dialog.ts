import {truncate} from '../../../report/terminal/display-width.js';
import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import type {StartDialog} from '../../state/dialog.js';
import {startQuestions} from '../../state/start-questions.js';
import {hints} from '../../widgets/hints.js';
import {inputField} from '../../widgets/input-field.js';
import {mark} from '../../widgets/marks.js';
import {pickerLines} from './picker-lines.js';

const labelColumns = 18;

/** The questions of a start without a plan, each with its answer or its default, and the list of names. */
export function startLines(style: TerminalStyle, dialog: StartDialog, rows: number): string[] {
  const asked = startQuestions.map(({label}, i) => {
    const here = i === dialog.question;
    const cursor = here ? mark(style, 'cursor') : ' ';
    const answer = dialog.answers[i] ?? '';
    const text = `${cursor} ${label.padEnd(labelColumns)} `;
    const room = style.width - labelColumns - 5;
    if (here && dialog.typed !== '') return text + inputField(style, dialog.typed, room);
    const value = truncate(answer, room - 2);
    if (here) return text + paint(style, 'selected', ` ${value} `);
    return `${text} ${i < dialog.question ? value : paint(style, 'quiet', value)}`;
  });
  const head = [
    '',
    ` ${paint(style, 'title', 'walltime')}  how long will a training run take, and on which layout?`,
    '',
    ...asked.map(line => `  ${line}`),
    '',
  ];
  const list =
    dialog.picker === null
      ? [paint(style, 'quiet', `    ${startQuestions[dialog.question]?.example ?? ''}`)]
      : pickerLines(
          {...style, width: Math.min(60, style.width - 6)},
          dialog.picker,
          Math.max(2, rows - head.length - 2),
        ).map(line => `    ${line}`);
  return [...head, ...list];
}

export function startHints(style: TerminalStyle): string {
  const enter = mark(style, 'enter');
  return hints(style, [
    `${enter} take and go on`,
    'type to search',
    `${mark(style, 'upDown')} choose`,
    'esc back',
    'Ctrl-C quit',
  ]);
}
