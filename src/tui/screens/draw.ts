import {fit} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import type {State} from '../state/state.js';
import {fitBlock} from '../widgets/beside.js';
import {mark} from '../widgets/marks.js';
import {pickerLines} from '../widgets/picker-lines.js';
import {rule} from '../widgets/rule.js';
import {calendarKeys, calendarScreen} from './calendar-screen.js';
import {compareKeys, compareScreen} from './compare-screen.js';
import {helpScreen} from './dialogs/help-screen.js';
import {saveScreen} from './dialogs/save-screen.js';
import {startKeys, startScreen} from './dialogs/start-screen.js';
import {frame, frameRows} from './frame.js';
import {layoutKeys, layoutScreen} from './layout-screen.js';
import {planKeys, planScreen} from './plan/plan-screen.js';
import {whatIfKeys, whatIfScreen} from './what-if-screen.js';

/** Smaller terminals get a hint. */
const leastSize = {columns: 80, rows: 24} as const;

/** The whole picture: as many lines as the terminal has rows, each as wide as it has columns. */
export function draw(surface: Pick<Page, 'color' | 'unicode'>, state: State): string[] {
  const {columns, rows} = state.size;
  const page: Page = {...surface, width: columns};
  if (columns < leastSize.columns || rows < leastSize.rows) return tooSmall(state);
  const room = rows - frameRows;
  const {dialog} = state;
  if (dialog?.kind === 'start')
    return bare(page, startScreen(page, dialog, rows - 2), startKeys(page), state);
  const [body, keys] =
    dialog === null || dialog.kind === 'edit' ? screenBody(page, state, room) : dialogBody(page, state, room);
  return frame(page, state, body, keys);
}

function tooSmall({size: {columns, rows}}: State): string[] {
  const hint = `walltime needs ${leastSize.columns} x ${leastSize.rows}, this is ${columns} x ${rows}`;
  return Array.from({length: rows}, (_, row) => fit(row === 0 ? hint : '', columns));
}

function bare(page: Page, body: readonly string[], keys: string, {message}: State): string[] {
  const foot = message === null ? paint(page, 'quiet', keys) : paint(page, 'bad', message.text);
  return [...body, rule(page), ` ${foot}`].map(line => fit(line, page.width));
}

type Body = readonly [readonly string[], string];

function screenBody(page: Page, state: State, rows: number): Body {
  switch (state.screen) {
    case 'layout':
      return [layoutScreen(page, state, rows), layoutKeys(page)];
    case 'what-if':
      return [whatIfScreen(page, state, rows), whatIfKeys(page)];
    case 'calendar':
      return [calendarScreen(page, state, rows), calendarKeys(page)];
    case 'compare':
      return [compareScreen(page, state, rows), compareKeys(page)];
    case 'plan':
      return [
        planScreen(page, state, rows),
        state.dialog?.kind === 'edit'
          ? `type a value with its unit  ${mark(page, 'enter')} keep  esc leave as it was`
          : planKeys(page, state),
      ];
  }
}

function dialogBody(page: Page, state: State, rows: number): Body {
  const {dialog} = state;
  const enter = mark(page, 'enter');
  switch (dialog?.kind) {
    case 'picker': {
      const {picker, title} = dialog;
      const head = ` ${paint(page, 'title', title)}  ${paint(page, 'selected', ` ${picker.query}${mark(page, 'input')} `)}`;
      const list = pickerLines(page, picker, Math.min(72, page.width - 4), rows - 2).map(line => `  ${line}`);
      return [
        fitBlock([head, '', ...list], page.width, rows),
        `type to narrow  ${mark(page, 'upDown')} choose  ${enter} take  esc leave`,
      ];
    }
    case 'help':
      return [helpScreen(page, dialog.top, rows), `${mark(page, 'upDown')} scroll  any other key goes back`];
    case 'save':
      return [saveScreen(page, state, dialog, rows), `${enter} write the file  esc leave it as it is`];
    case 'path': {
      const what =
        dialog.purpose.kind === 'report'
          ? 'write a report page to'
          : `export for ${dialog.purpose.target} to`;
      const line = ` ${what}  ${paint(page, 'selected', ` ${dialog.path}${mark(page, 'input')} `)}`;
      return [fitBlock(['', line], page.width, rows), `${enter} write the file  esc leave`];
    }
    case 'quit': {
      const lines = [
        '',
        ` ${paint(page, 'title', 'The plan is not saved.')}`,
        '',
        '  s  save it first',
        '  q  quit without saving',
        '  esc  stay',
      ];
      return [fitBlock(lines, page.width, rows), 's save  q quit  esc stay'];
    }
    default:
      return screenBody(page, state, rows);
  }
}
