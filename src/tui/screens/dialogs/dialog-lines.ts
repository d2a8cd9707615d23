import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import type {CoveringDialog, Dialog, PathDialog, PickerDialog} from '../../state/dialog.js';
import type {State} from '../../state/state.js';
import {hints} from '../../widgets/hints.js';
import {inputField} from '../../widgets/input-field.js';
import {mark} from '../../widgets/marks.js';
import {helpLines} from './help-dialog.js';
import {pickerLines} from './picker-lines.js';
import {saveLines} from './save-dialog.js';

/** True if the dialog covers the body of the screen; a field is edited in its place. */
export function isOverScreen(dialog: Dialog | null): dialog is CoveringDialog {
  return dialog !== null && dialog.kind !== 'start' && dialog.kind !== 'edit';
}

export function dialogLines(
  style: TerminalStyle,
  state: State,
  dialog: CoveringDialog,
  rows: number,
): string[] {
  switch (dialog.kind) {
    case 'picker':
      return pickerDialogLines(style, dialog, rows);
    case 'help':
      return helpLines(style, dialog.top, rows);
    case 'save':
      return saveLines(style, state, dialog, rows);
    case 'path':
      return ['', pathLine(style, dialog)];
    case 'quit':
      return [
        '',
        ` ${paint(style, 'title', 'The plan is not saved.')}`,
        '',
        '  s  save it first',
        '  q  quit without saving',
        '  esc  stay',
      ];
  }
}

export function dialogHints(style: TerminalStyle, {kind}: CoveringDialog): string {
  const enter = mark(style, 'enter');
  const upDown = mark(style, 'upDown');
  const keys = {
    picker: ['type to narrow', `${upDown} choose`, `${enter} take`, 'esc leave'],
    help: [`${upDown} scroll`, 'any other key goes back'],
    save: [`${enter} write the file`, 'esc leave it as it is'],
    path: [`${enter} write the file`, 'esc leave'],
    quit: ['s save', 'q quit', 'esc stay'],
  };
  return hints(style, keys[kind]);
}

const pickerColumns = 72;

function pickerDialogLines(style: TerminalStyle, {picker, title}: PickerDialog, rows: number): string[] {
  const query = inputField(style, picker.query, style.width - title.length - 3);
  const list = pickerLines({...style, width: Math.min(pickerColumns, style.width - 4)}, picker, rows - 2);
  return [` ${paint(style, 'title', title)}  ${query}`, '', ...list.map(line => `  ${line}`)];
}

function pathLine(style: TerminalStyle, {purpose, path}: PathDialog): string {
  const what = purpose.kind === 'report' ? 'write a report page to' : `export for ${purpose.target} to`;
  return ` ${what}  ${inputField(style, path, style.width - what.length - 3)}`;
}
