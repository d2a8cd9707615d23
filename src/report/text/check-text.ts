import {formatBinaryBytes, formatPercent} from '../../units/format-quantity.js';
import type {Simulation} from '../simulation.js';
import {paint} from '../terminal/paint.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';
import {runFigures} from './run-figures.js';

/** Result of the check of one plan file. */
export type PlanVerdict = PassedPlan | FailedPlan | WrongPlan;

export interface PassedPlan {
  readonly kind: 'passed';
  readonly file: string;
  readonly simulation: Simulation;
}

/** Right, but it does not fit or misses its goal. */
export interface FailedPlan {
  readonly kind: 'failed';
  readonly file: string;
  /** Null where no layout exists. */
  readonly simulation: Simulation | null;
  readonly reasons: readonly string[];
}

/** Not a plan: `problems` as they are printed. */
export interface WrongPlan {
  readonly kind: 'wrong';
  readonly file: string;
  readonly problems: readonly string[];
}

/** A line for a plan that passes; the reasons below it for one that does not. */
export function renderVerdict(style: TerminalStyle, verdict: PlanVerdict): string[] {
  const {kind, file} = verdict;
  switch (kind) {
    case 'passed':
      return wrap(style, `${file}: ${figures(verdict.simulation)}`, {
        indent: `${paint(style, 'good', 'ok')}    `,
        hanging: '      ',
      });
    case 'failed':
      return [
        `${paint(style, 'bad', 'fail')}  ${file}`,
        ...verdict.reasons.flatMap(reason => wrap(style, reason, {indent: '      '})),
      ];
    case 'wrong':
      return [
        `${paint(style, 'bad', 'wrong')} ${file}`,
        ...verdict.problems.map(problem => `      ${problem}`),
      ];
  }
}

function figures({run, estimate, utilization}: Simulation): string {
  const {memory} = estimate;
  return [
    ...runFigures(run),
    `MFU ${formatPercent(utilization.modelFlopsUtilization)}`,
    `${formatBinaryBytes(memory.neededBytes)} of ${formatBinaryBytes(memory.capacityBytes)}`,
  ].join(', ');
}
