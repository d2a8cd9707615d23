import {type DiffLine, diffLines} from '../../../plan-file/edit/line-diff.js';
import {truncate} from '../../../report/page/display-width.js';
import type {TerminalStyle} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import type {SaveDialog} from '../../state/dialog.js';
import type {State} from '../../state/state.js';
import {inputField} from '../../widgets/input-field.js';

/** The lines that a save changes, with a few around them. */
export function saveLines(page: TerminalStyle, state: State, dialog: SaveDialog, rows: number): string[] {
  const {
    file,
    document: {text},
  } = state;
  const lines = diffLines(file.text ?? '', text);
  const changed = lines.filter(({kind}) => kind !== 'same').length;
  const head = dialog.asksPath
    ? [` save as  ${inputField(page, dialog.path, page.width - ' save as  '.length)}`, '']
    : [
        ` ${paint(page, 'title', `save ${dialog.path}`)}: ${changed === 1 ? '1 line differs' : `${changed} lines differ`}`,
        '',
      ];
  const shown = withContext(lines, 2);
  const room = rows - head.length;
  const first = Math.max(0, Math.min(dialog.top, shown.length - room));
  const body = shown.slice(first, first + room).map(line => diffLine(page, line));
  return [...head, ...body];
}

const signs = {same: ' ', removed: '-', added: '+'} as const;
const paints = {same: 'quiet', removed: 'bad', added: 'good'} as const;

function diffLine(page: TerminalStyle, {kind, text}: DiffLine): string {
  return ` ${paint(page, paints[kind], truncate(`${signs[kind]} ${printable(text)}`, page.width - 1))}`;
}

/** A line of a file without tabs, which have no fixed width, and control characters. */
function printable(text: string): string {
  return text.replaceAll('\t', '  ').replaceAll(/\p{Cc}/gu, ' ');
}

/** Changed lines, and `around` unchanged ones before and after each. */
function withContext(lines: readonly DiffLine[], around: number): readonly DiffLine[] {
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - around), i + around + 1).some(({kind}) => kind !== 'same'),
  );
  return lines.filter((_, i) => near[i] === true);
}
