import {Box} from 'ink';
import {formatProblem} from '../../../plan-file/problem.js';
import {evidenceWarnings} from '../../../report/evidence-warnings.js';
import type {TerminalStyle} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import {wrap} from '../../../report/page/wrap.js';
import {memoryBars} from '../../../report/text/simulation/memory-stages.js';
import {stepBar} from '../../../report/text/simulation/step-parts.js';
import {type FieldInput, planFields} from '../../document/plan-fields.js';
import type {Row} from '../../planning/reply.js';
import {timelineColumns} from '../../state/jobs-for-state.js';
import {type State, selectedRow} from '../../state/state.js';
import {Block} from '../../widgets/block.js';
import {hints} from '../../widgets/hints.js';
import {mark} from '../../widgets/marks.js';
import {rule} from '../../widgets/rule.js';
import {shortened} from '../../widgets/shortened.js';
import {pipelineSection} from '../pipeline-section.js';
import type {ScreenProps} from '../screen-props.js';
import {fieldsPane} from './fields-pane.js';
import {layoutsTable} from './layouts-table.js';
import {noFitLines} from './no-fit-lines.js';
import {questionLines} from './questions.js';

const fieldColumns = 34;
const gap = 2;
/** Least width at which the fields stay open. On a narrower screen they open over a part of the table. */
const wideColumns = 100;
/** Width of the answer once the selected layout is shown in depth next to it. */
const answerColumns = 96;

/** The plan at the left, its best layouts, and where there is room the selected layout in depth. */
export function PlanScreen({page, state, rows}: ScreenProps) {
  const showsFields = page.width >= wideColumns || state.pane === 'fields';
  if (!showsFields) {
    const columns = page.width - 2;
    return (
      <Box paddingLeft={1}>
        <Block lines={answerLines({...page, width: columns}, state, rows)} columns={columns} rows={rows} />
      </Box>
    );
  }
  const showsDepth = page.width >= timelineColumns;
  const answer = {...page, width: showsDepth ? answerColumns : page.width - fieldColumns - gap};
  const depth = {...page, width: page.width - fieldColumns - answerColumns - 2 * gap};
  return (
    <Box columnGap={gap}>
      <Block
        lines={fieldsPane({...page, width: fieldColumns}, state, rows)}
        columns={fieldColumns}
        rows={rows}
      />
      <Block lines={answerLines(answer, state, rows)} columns={answer.width} rows={rows} />
      {showsDepth && <Block lines={depthLines(depth, state, rows)} columns={depth.width} rows={rows} />}
    </Box>
  );
}

/** Keys of the plan screen, those of the pane with the cursor first. */
export function planHints(page: TerminalStyle, {pane, dialog, field}: State): string {
  const upDown = mark(page, 'upDown');
  const leftRight = mark(page, 'leftRight');
  const enter = mark(page, 'enter');
  if (dialog?.kind === 'edit')
    return hints(page, ['type a value with its unit', `${enter} keep`, 'esc leave as it was']);
  const own =
    pane === 'fields'
      ? [`${upDown} field`, ...fieldHints(page, planFields[field]?.input.kind), 'tab layouts']
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

/** Keys that edit the field under the cursor. */
function fieldHints(page: TerminalStyle, kind: FieldInput['kind'] | undefined): readonly string[] {
  const enter = mark(page, 'enter');
  if (kind === 'list') return [`${enter} choose`];
  const step = `${mark(page, 'leftRight')} step`;
  return kind === 'amount' ? [step, '0-9 type', `${enter} edit`] : [step];
}

/** Memory and pipeline of the selected layout. */
function depthLines(page: TerminalStyle, state: State, rows: number): string[] {
  const row = selectedRow(state);
  if (row === null) return [];
  const memory = [paint(page, 'title', 'memory by stage'), ...memoryBars(page, row.estimate.memory)];
  const room = Math.min(row.layout.pipeline + 3, rows - memory.length - 1);
  return [...memory, '', ...pipelineSection(page, state, room)];
}

/** Problems of the plan, then its layouts and the questions about the selected one, or why none fits. */
function answerLines(page: TerminalStyle, state: State, rows: number): string[] {
  const problems = state.problems.flatMap(problem =>
    wrap(page, formatProblem(problem), {hanging: '  '}).map(line => paint(page, 'bad', line)),
  );
  const {answer} = state;
  if (answer === null)
    return [...problems, paint(page, 'quiet', state.problems.length > 0 ? '' : 'planning ...')];
  if (answer.answer.noFit !== null) return [...problems, ...noFitLines(page, answer.answer.noFit)];
  const about = shortened(page, rowLines(page, state), rows - problems.length - leastTableRows - 1);
  const room = rows - problems.length - about.length - 1;
  const table = layoutsTable(page, state, Math.max(leastTableRows, room));
  return [...problems, ...table, rule(page), ...about];
}

/** Rows of the table that warnings and questions leave at least, its titles among them. */
const leastTableRows = 3;

/** Warnings about the selected layout, its step, and the questions about it. */
function rowLines(page: TerminalStyle, state: State): string[] {
  const row = selectedRow(state);
  if (row === null) return [];
  const warnings = shownWarnings(row).flatMap(warning =>
    wrap(page, `! ${warning}`, {hanging: '  '}).map(line => paint(page, 'bad', line)),
  );
  const step = stepBar(page, row.estimate.parts).map(line => line.slice(2));
  return [...warnings, ...step, ...questionLines(page, state)];
}

/** Warnings without those that the question of confidence answers. */
function shownWarnings({warnings, plan, estimate}: Row): readonly string[] {
  const evidence = evidenceWarnings(plan, estimate.beyond);
  return warnings.filter(warning => !evidence.includes(warning));
}
