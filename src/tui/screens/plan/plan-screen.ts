import {formatProblem} from '../../../plan-file/problem.js';
import {evidenceWarnings} from '../../../report/evidence-warnings.js';
import type {Page} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import {wrap} from '../../../report/page/wrap.js';
import {memoryBars} from '../../../report/text/simulation/memory-stages.js';
import {stepBar} from '../../../report/text/simulation/step-parts.js';
import type {Row} from '../../planning/reply.js';
import {timelineColumns} from '../../state/jobs-for-state.js';
import {type State, selectedRow} from '../../state/state.js';
import {beside, fitBlock} from '../../widgets/beside.js';
import {hints} from '../../widgets/hints.js';
import {mark} from '../../widgets/marks.js';
import {rule} from '../../widgets/rule.js';
import {pipelineBlock} from '../pipeline-block.js';
import {fieldsPane} from './fields-pane.js';
import {layoutsTable} from './layouts-table.js';
import {noFitLines} from './no-fit-lines.js';
import {questionLines} from './questions.js';

const fieldColumns = 34;
/** From this width on the fields stand beside the table; below they open over its left part. */
const wide = 100;
/** Of the table where the selected layout stands beside it. */
const answerColumns = 96;

/** What there is and is wanted at the left, what to do at the right. */
export function planScreen(page: Page, state: State, rows: number): string[] {
  const besides = page.width >= wide || state.pane === 'fields';
  const depth = page.width >= timelineColumns ? page.width - fieldColumns - answerColumns - 4 : 0;
  const columns = depth > 0 ? answerColumns : besides ? page.width - fieldColumns - 2 : page.width - 2;
  const answer = answerSide({...page, width: columns}, state, rows);
  if (!besides)
    return fitBlock(
      answer.map(line => ` ${line}`),
      page.width,
      rows,
    );
  const fields = {lines: fieldsPane(page, state, fieldColumns, rows), columns: fieldColumns};
  const blocks = [fields, {lines: answer, columns}];
  if (depth > 0) blocks.push({lines: depthSide({...page, width: depth}, state, rows), columns: depth});
  return beside(blocks, rows, '  ');
}

/** Keys of the plan screen. */
export function planKeys(page: Page, {pane}: State): string {
  const upDown = mark(page, 'upDown');
  const leftRight = mark(page, 'leftRight');
  const enter = mark(page, 'enter');
  const own =
    pane === 'fields'
      ? [`${upDown} field`, `${leftRight} step`, '0-9 type', `${enter} edit`, 'tab layouts']
      : [`${upDown} layout`, `${leftRight} choice`, 'p pin', `${enter} in depth`, 'tab plan'];
  return hints(page, [
    ...own,
    's save',
    'q quit',
    '/ find',
    'u undo',
    ...(pane === 'table' ? ['o order'] : []),
  ]);
}

/** The selected layout in short, where there is room. */
function depthSide(page: Page, state: State, rows: number): string[] {
  const row = selectedRow(state);
  if (row === null) return [];
  const memory = [paint(page, 'title', 'memory by stage'), ...memoryBars(page, row.estimate.memory)];
  const room = Math.min(row.layout.pipeline + 3, rows - memory.length - 1);
  return [...memory, '', ...pipelineBlock(page, state, room)];
}

function answerSide(page: Page, state: State, rows: number): string[] {
  const problems = state.problems.flatMap(problem =>
    wrap(page, formatProblem(problem), {hanging: '  '}).map(line => paint(page, 'bad', line)),
  );
  const {answer} = state;
  if (answer === null)
    return [...problems, paint(page, 'quiet', state.problems.length > 0 ? '' : 'planning ...')];
  if (answer.answer.noFit !== null) return [...problems, ...noFitLines(page, answer.answer.noFit)];
  const row = selectedRow(state);
  const explained =
    row === null
      ? []
      : [...stepBar(page, row.estimate.parts).map(line => line.slice(2)), ...questionLines(page, state)];
  const warnings = (row === null ? [] : told(row)).flatMap(warning =>
    wrap(page, `! ${warning}`, {hanging: '  '}).map(line => paint(page, 'bad', line)),
  );
  const below = shortened(page, [...warnings, ...explained], rows - problems.length - leastTableRows - 1);
  const room = rows - problems.length - below.length - 1;
  const table = layoutsTable(page, state, page.width, Math.max(leastTableRows, room));
  return [...problems, ...table, rule(page), ...below];
}

/** With the line of its titles. */
const leastTableRows = 3;

/** At most `rows` lines; that something is left out shows. */
function shortened(page: Page, lines: readonly string[], rows: number): readonly string[] {
  return lines.length <= rows
    ? lines
    : [...lines.slice(0, Math.max(0, rows - 1)), paint(page, 'quiet', '  ...')];
}

/** Warnings but for those that answer how sure the figures are. */
function told({warnings, plan, estimate}: Row): readonly string[] {
  const evidence = evidenceWarnings(plan, estimate.beyond);
  return warnings.filter(warning => !evidence.includes(warning));
}
