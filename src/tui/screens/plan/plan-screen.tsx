import {Box} from 'ink';
import {formatProblem} from '../../../plan-file/problem.js';
import {evidenceWarnings} from '../../../report/evidence-warnings.js';
import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {wrap} from '../../../report/terminal/wrap.js';
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
export function PlanScreen({style, state, rows}: ScreenProps) {
  const showsFields = style.width >= wideColumns || state.pane === 'fields';
  if (!showsFields) {
    const columns = style.width - 2;
    return (
      <Box paddingLeft={1}>
        <Block lines={answerLines({...style, width: columns}, state, rows)} columns={columns} rows={rows} />
      </Box>
    );
  }
  const showsDepth = style.width >= timelineColumns;
  const answer = {...style, width: showsDepth ? answerColumns : style.width - fieldColumns - gap};
  const depth = {...style, width: style.width - fieldColumns - answerColumns - 2 * gap};
  return (
    <Box columnGap={gap}>
      <Block
        lines={fieldsPane({...style, width: fieldColumns}, state, rows)}
        columns={fieldColumns}
        rows={rows}
      />
      <Block lines={answerLines(answer, state, rows)} columns={answer.width} rows={rows} />
      {showsDepth && <Block lines={depthLines(depth, state, rows)} columns={depth.width} rows={rows} />}
    </Box>
  );
}

/** Keys of the plan screen, those of the pane with the cursor first. */
export function planHints(style: TerminalStyle, {pane, dialog, field}: State): string {
  const upDown = mark(style, 'upDown');
  const leftRight = mark(style, 'leftRight');
  const enter = mark(style, 'enter');
  if (dialog?.kind === 'edit')
    return hints(style, ['type a value with its unit', `${enter} keep`, 'esc leave as it was']);
  const own =
    pane === 'fields'
      ? [`${upDown} field`, ...fieldHints(style, planFields[field]?.input.kind), 'tab layouts']
      : [`${upDown} layout`, `${leftRight} choice`, 'p pin', `${enter} in depth`, 'tab plan'];
  return hints(style, [
    ...own,
    's save',
    'q quit',
    '/ find',
    'u undo',
    ...(pane === 'table' ? ['o order'] : []),
  ]);
}

/** Keys that edit the field under the cursor. */
function fieldHints(style: TerminalStyle, kind: FieldInput['kind'] | undefined): readonly string[] {
  const enter = mark(style, 'enter');
  if (kind === 'list') return [`${enter} choose`];
  const step = `${mark(style, 'leftRight')} step`;
  return kind === 'amount' ? [step, '0-9 type', `${enter} edit`] : [step];
}

/** Memory and pipeline of the selected layout. */
function depthLines(style: TerminalStyle, state: State, rows: number): string[] {
  const row = selectedRow(state);
  if (row === null) return [];
  const memory = [paint(style, 'title', 'memory by stage'), ...memoryBars(style, row.estimate.memory)];
  const room = Math.min(row.layout.pipeline + 3, rows - memory.length - 1);
  return [...memory, '', ...pipelineSection(style, state, room)];
}

/** Problems of the plan, then its layouts and the questions about the selected one, or why none fits. */
function answerLines(style: TerminalStyle, state: State, rows: number): string[] {
  const problems = state.problems.flatMap(problem =>
    wrap(style, formatProblem(problem), {hanging: '  '}).map(line => paint(style, 'bad', line)),
  );
  const {answer} = state;
  if (answer === null)
    return [...problems, paint(style, 'quiet', state.problems.length > 0 ? '' : 'planning ...')];
  if (answer.answer.noFit !== null) return [...problems, ...noFitLines(style, answer.answer.noFit)];
  const about = shortened(style, rowLines(style, state), rows - problems.length - leastTableRows - 1);
  const room = rows - problems.length - about.length - 1;
  const table = layoutsTable(style, state, Math.max(leastTableRows, room));
  return [...problems, ...table, rule(style), ...about];
}

/** Rows of the table that warnings and questions leave at least, its titles among them. */
const leastTableRows = 3;

/** Warnings about the selected layout, its step, and the questions about it. */
function rowLines(style: TerminalStyle, state: State): string[] {
  const row = selectedRow(state);
  if (row === null) return [];
  const warnings = shownWarnings(row).flatMap(warning =>
    wrap(style, `! ${warning}`, {hanging: '  '}).map(line => paint(style, 'bad', line)),
  );
  const step = stepBar(style, row.estimate.parts).map(line => line.slice(2));
  return [...warnings, ...step, ...questionLines(style, state)];
}

/** Warnings without those that the question of confidence answers. */
function shownWarnings({warnings, plan, estimate}: Row): readonly string[] {
  const evidence = evidenceWarnings(plan, estimate.extrapolated);
  return warnings.filter(warning => !evidence.includes(warning));
}
