import {numReplicas} from '../../../layout/plan.js';
import {fit, truncate} from '../../../report/page/display-width.js';
import type {Page} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import {formatCount} from '../../../units/format-quantity.js';
import {fieldIn, type PlanField, planFields} from '../../document/plan-fields.js';
import {pinsOf} from '../../state/pins.js';
import {plannedText, type State} from '../../state/state.js';
import {mark} from '../../widgets/marks.js';

const labelColumns = 11;

/** The plan, a field a line, and what the search looked at. */
export function fieldsPane(page: Page, state: State, columns: number, rows: number): string[] {
  const lines: string[] = [];
  let cursorLine = 0;
  const spacious = rows >= planFields.length + 8;
  for (const [i, field] of planFields.entries()) {
    if (field.startsGroup === true && spacious) lines.push('');
    if (i === state.field) cursorLine = lines.length;
    lines.push(fieldLine(page, state, field, i, columns));
  }
  if (spacious) lines.push('');
  lines.push(...pinLines(page, state, columns));
  const search = searchLines(page, state);
  // The field under the cursor stays in sight.
  const first = Math.max(0, Math.min(cursorLine - rows + 2, lines.length - rows));
  const shown = lines.slice(first, first + rows);
  const empty = rows - shown.length - search.length;
  return empty >= 1 ? [...shown, ...Array.from({length: empty}, () => ''), ...search] : shown;
}

function fieldLine(page: Page, state: State, declared: PlanField, index: number, columns: number): string {
  const field = fieldIn(declared, state.document);
  const here = state.pane === 'fields' && state.field === index;
  const editing = state.dialog?.kind === 'edit' && state.field === index ? state.dialog.input : null;
  const cursor = here ? mark(page, 'cursor') : ' ';
  const label = paint(page, 'quiet', field.label.padEnd(labelColumns - 1));
  const value = state.document.at(field.path);
  const note = noteOf(field, state);
  const list = field.input.kind === 'list' ? ` ${mark(page, 'list')}` : '';
  const room = Math.max(4, columns - labelColumns - 2);
  if (editing !== null) {
    const typed = editing.slice(-(room - 2));
    return `${cursor} ${label} ${paint(page, 'selected', fit(`${typed}${mark(page, 'input')}`, room))}`;
  }
  const shown = truncate(value === null ? field.absent : pretty(value), room - list.length);
  const text = value === null ? paint(page, 'quiet', shown) : shown;
  const body = here ? paint(page, 'selected', `${shown}${list}`) : `${text}${paint(page, 'quiet', list)}`;
  const left = room - shown.length - list.length - 2;
  return `${cursor} ${label} ${body}${note !== '' && note.length <= left ? paint(page, 'quiet', `  ${note}`) : ''}`;
}

/** `300e9` as `300 B`, 2048 as it is; text with a unit as it is written. */
function pretty(value: string): string {
  const plain = value.replace(/^(["'])(.*)\1$/, '$2');
  const number = Number(plain);
  return plain === '' || Number.isNaN(number) ? plain : formatCount(number);
}

/** What a figure means, from the newest answer to this text. */
function noteOf({key, path}: PlanField, state: State): string {
  const {answer} = state;
  if (answer === null || answer.text !== plannedText(state)) return '';
  const {plan} = answer.answer;
  const devices = plan.cluster.numDevices * numReplicas(plan);
  switch (key) {
    case 'nodes':
      return path[1] === 'nodes'
        ? `${formatCount(devices)} devices`
        : `${formatCount(devices / plan.cluster.devicesPerNode)} nodes`;
    case 'batch':
      return `${formatCount(plan.training.globalBatch * numReplicas(plan) * plan.training.sequenceLength)} tokens`;
    default:
      return '';
  }
}

function pinLines(page: Page, state: State, columns: number): string[] {
  const pins = pinsOf(state.document);
  const label = paint(page, 'quiet', 'pinned'.padEnd(labelColumns - 1));
  if (pins.length === 0) {
    const none = mark(page, 'none');
    return [`  ${label} ${paint(page, 'quiet', `${none} none ${none}`)}`];
  }
  const room = columns - labelColumns - 2;
  const lines: string[] = [];
  for (const {key, value} of pins) {
    const piece = `${key.replaceAll('_', ' ')} ${value}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + piece.length + 2 <= room)
      lines[lines.length - 1] = `${last}, ${piece}`;
    else lines.push(piece);
  }
  return lines.map(
    (line, i) => `  ${i === 0 ? label : ' '.repeat(labelColumns - 1)} ${truncate(line, room)}`,
  );
}

function searchLines(page: Page, {answer}: State): string[] {
  if (answer === null) return [];
  const {counts, optimal} = answer.answer;
  const {space, evaluated, excludedByMemory, excludedByBound} = counts;
  return [
    `  ${formatCount(space)} layouts${optimal ? ', all answered' : ''}`,
    `  ${formatCount(evaluated)} timed, ${formatCount(excludedByMemory)} too large,`,
    `  ${formatCount(excludedByBound)} slower by a bound`,
  ].map(line => paint(page, 'quiet', line));
}
