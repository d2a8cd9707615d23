import {type DiffLine, diffLines} from '../../../plan-file/edit/line-diff.js';
import {truncate} from '../../../report/terminal/display-width.js';
import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import type {SaveDialog} from '../../state/dialog.js';
import type {State} from '../../state/state.js';
import {inputField} from '../../widgets/input-field.js';

/** The lines that a save changes, with a few around them. */
export function saveLines(style: TerminalStyle, state: State, dialog: SaveDialog, rows: number): string[] {
  const {
    file,
    document: {text},
  } = state;
  const lines = diffLines(file.text ?? '', text);
  const changed = lines.filter(({kind}) => kind !== 'same').length;
  const head = dialog.asksPath
    ? [` save as  ${inputField(style, dialog.path, style.width - ' save as  '.length)}`, '']
    : [
        ` ${paint(style, 'title', `save ${dialog.path}`)}: ${changed === 1 ? '1 line differs' : `${changed} lines differ`}`,
        '',
      ];
  const shown = withContext(lines, 2);
  const room = rows - head.length;
  const first = Math.max(0, Math.min(dialog.top, shown.length - room));
  const body = shown.slice(first, first + room).map(line => diffLine(style, line));
  return [...head, ...body];
}

const signs = {same: ' ', removed: '-', added: '+'} as const;
const paints = {same: 'quiet', removed: 'bad', added: 'good'} as const;

function diffLine(style: TerminalStyle, {kind, text}: DiffLine): string {
  return ` ${paint(style, paints[kind], truncate(`${signs[kind]} ${printable(text)}`, style.width - 1))}`;
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
