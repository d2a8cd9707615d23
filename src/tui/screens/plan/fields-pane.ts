import {numReplicas} from '../../../plan/plan.js';
import {fit, truncate} from '../../../report/terminal/display-width.js';
import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {formatCount} from '../../../units/format-quantity.js';
import {fieldIn, labelOf, type PlanField, planFields} from '../../document/plan-fields.js';
import {pinsOf} from '../../state/pins.js';
import {isStale, type State} from '../../state/state.js';
import {typedEnd} from '../../widgets/input-field.js';
import {mark} from '../../widgets/marks.js';

const labelColumns = 11;
/** Columns of a value: those of the pane without cursor and label. */
const valueColumns = ({width}: TerminalStyle) => Math.max(4, width - labelColumns - 2);

/** The plan with a line for each field, its pins, and the counts of the search. */
export function fieldsPane(style: TerminalStyle, state: State, rows: number): string[] {
  const lines: string[] = [];
  let cursorLine = 0;
  const isSpacious = rows >= planFields.length + 8;
  for (const [i, field] of planFields.entries()) {
    if (field.startsGroup === true && isSpacious) lines.push('');
    if (i === state.field) cursorLine = lines.length;
    lines.push(fieldLine(style, state, fieldIn(field, state.document), i === state.field));
  }
  if (isSpacious) lines.push('');
  lines.push(...pinLines(style, state));
  const search = searchLines(style, state);
  // The field under the cursor stays visible.
  const first = Math.max(0, Math.min(cursorLine - rows + 2, lines.length - rows));
  const shown = lines.slice(first, first + rows);
  const empty = rows - shown.length - search.length;
  return empty >= 1 ? [...shown, ...Array.from({length: empty}, () => ''), ...search] : shown;
}

function fieldLine(style: TerminalStyle, state: State, field: PlanField, isCurrent: boolean): string {
  const {dialog, pane} = state;
  const label = paint(style, 'quiet', labelOf(field).padEnd(labelColumns - 1));
  const hasCursor = pane === 'fields' && isCurrent;
  const value =
    dialog?.kind === 'edit' && isCurrent
      ? typedValue(style, dialog.input)
      : statedValue(style, state, field, hasCursor);
  return `${hasCursor ? mark(style, 'cursor') : ' '} ${label} ${value}`;
}

function typedValue(style: TerminalStyle, input: string): string {
  const columns = valueColumns(style);
  return paint(style, 'selected', fit(typedEnd(style, input, columns), columns));
}

/** The value that the plan states, and what it means. */
function statedValue(style: TerminalStyle, state: State, field: PlanField, hasCursor: boolean): string {
  const value = state.document.at(field.path);
  const list = field.input.kind === 'list' ? ` ${mark(style, 'list')}` : '';
  const room = valueColumns(style) - list.length;
  const shown = truncate(value === null ? field.absent : withoutUnits(value), room);
  const text = value === null ? paint(style, 'quiet', shown) : shown;
  const body = hasCursor
    ? paint(style, 'selected', `${shown}${list}`)
    : `${text}${paint(style, 'quiet', list)}`;
  const note = noteOf(field, state);
  const fits = note !== '' && note.length <= room - shown.length - 2;
  return `${body}${fits ? paint(style, 'quiet', `  ${note}`) : ''}`;
}

/** `300e9` as `300 B`; text with a unit as it is written. */
function withoutUnits(value: string): string {
  const plain = value.replace(/^(["'])(.*)\1$/, '$2');
  const number = Number(plain);
  return plain === '' || Number.isNaN(number) ? plain : formatCount(number);
}

/** The same amount in another unit, once the text is answered. */
function noteOf({key, path}: PlanField, state: State): string {
  const {answer} = state;
  if (answer === null || isStale(state)) return '';
  const {plan} = answer.answer;
  const replicas = numReplicas(plan);
  const devices = plan.cluster.numDevices * replicas;
  switch (key) {
    case 'nodes':
      return path[1] === 'nodes'
        ? `${formatCount(devices)} devices`
        : `${formatCount(devices / plan.cluster.devicesPerNode)} nodes`;
    case 'batch':
      return `${formatCount(plan.training.globalBatch * replicas * plan.training.sequenceLength)} tokens`;
    default:
      return '';
  }
}

function pinLines(style: TerminalStyle, {document}: State): string[] {
  const pins = pinsOf(document);
  const label = paint(style, 'quiet', 'pinned'.padEnd(labelColumns - 1));
  if (pins.length === 0) {
    const none = mark(style, 'none');
    return [`  ${label} ${paint(style, 'quiet', `${none} none ${none}`)}`];
  }
  const room = valueColumns(style);
  const lines: string[] = [];
  for (const {key, value} of pins) {
    const pin = `${key.replaceAll('_', ' ')} ${value}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + pin.length + 2 <= room)
      lines[lines.length - 1] = `${last}, ${pin}`;
    else lines.push(pin);
  }
  return lines.map(
    (line, i) => `  ${i === 0 ? label : ' '.repeat(labelColumns - 1)} ${truncate(line, room)}`,
  );
}

function searchLines(style: TerminalStyle, {answer}: State): string[] {
  if (answer === null) return [];
  const {counts, optimal} = answer.answer;
  const {space, evaluated, excludedByMemory, excludedByBound} = counts;
  return [
    `  ${formatCount(space)} layouts${optimal ? ', all answered' : ''}`,
    `  ${formatCount(evaluated)} timed, ${formatCount(excludedByMemory)} too large,`,
    `  ${formatCount(excludedByBound)} slower by a bound`,
  ].map(line => paint(style, 'quiet', line));
}
