import type {Page} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import type {StartDialog} from '../../state/dialog.js';
import {startQuestions} from '../../state/start-questions.js';
import {fitBlock} from '../../widgets/beside.js';
import {hints} from '../../widgets/hints.js';
import {mark} from '../../widgets/marks.js';
import {pickerLines} from '../../widgets/picker-lines.js';

/** Four questions in a line each, with what is taken where nothing is typed. */
export function startScreen(page: Page, dialog: StartDialog, rows: number): string[] {
  const asked = startQuestions.map(({label}, i) => {
    const here = i === dialog.question;
    const cursor = here ? mark(page, 'cursor') : ' ';
    const answer = dialog.answers[i] ?? '';
    const typed = here && dialog.typed !== '' ? `${dialog.typed}${mark(page, 'input')}` : '';
    const value = typed === '' ? answer : typed;
    const text = `${cursor} ${label.padEnd(18)} `;
    if (!here) return `${text} ${i < dialog.question ? value : paint(page, 'quiet', value)}`;
    return text + paint(page, 'selected', ` ${value} `);
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
          page,
          dialog.picker,
          Math.min(60, page.width - 6),
          Math.max(2, rows - head.length - 2),
        ).map(line => `    ${line}`);
  return fitBlock([...head, ...list], page.width, rows);
}

export function startKeys(page: Page): string {
  const enter = mark(page, 'enter');
  return hints(page, [
    `${enter} take and go on`,
    'type to search',
    `${mark(page, 'upDown')} choose`,
    'esc back',
    'Ctrl-C quit',
  ]);
}
