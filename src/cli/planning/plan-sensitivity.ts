import {fasterJson, sensitivityJson} from '../../report/json/sensitivity-json.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {renderFasterWays, renderSensitivity} from '../../report/text/sensitivity-text.js';
import {type FasterWay, fasterWays} from '../../search/sensitivity/faster-ways.js';
import {type Measure, measureOf} from '../../search/sensitivity/replan.js';
import {countSensitivities, type Sensitivity, sensitivities} from '../../search/sensitivity/sensitivities.js';
import type {EvaluatedPlan} from '../../search/variants/evaluated-plan.js';
import type {Risk} from '../../units/band.js';
import {makeProgress} from '../answer/progress.js';

/** Analyses wanted in addition to the best plan. */
export interface SensitivityRequest {
  readonly risk: Risk;
  readonly sensitivity: boolean;
  /** The wanted share. */
  readonly faster?: number;
  readonly html?: string;
}

export interface SensitivityReport {
  /** What a page of the answer shows of it. */
  readonly measured: {readonly sensitivities: readonly Sensitivity[]; readonly measure: Measure};
  /** Further keys of the document, and further lines of the text, where they were asked for. */
  readonly json: object;
  lines(style: TerminalStyle): string[];
}

/** Runs the requested sensitivity analyses of the best plan. */
export function sensitivityReport(best: EvaluatedPlan, asked: SensitivityRequest): SensitivityReport {
  const {plan} = best.variant;
  const measure = measureOf(plan);
  const total = countSensitivities(plan);
  const options = {risk: asked.risk, best};
  const wanted = asked.sensitivity || asked.html !== undefined;
  const found = wanted ? collect('what each figure is worth', sensitivities(plan, options), total) : [];
  const share = asked.faster;
  const ways: readonly FasterWay[] =
    share === undefined ? [] : collect('what would make it faster', fasterWays(plan, share, options), total);
  return {
    measured: {sensitivities: found, measure},
    json: {
      ...(asked.sensitivity ? {sensitivity: sensitivityJson(found, measure)} : {}),
      ...(share === undefined ? {} : {faster: fasterJson(ways, share, measure)}),
    },
    lines: style => [
      ...(asked.sensitivity ? ['', ...renderSensitivity(style, found, measure)] : []),
      ...(share === undefined ? [] : ['', ...renderFasterWays(style, ways, share, measure)]),
    ],
  };
}

function collect<Item>(what: string, items: Iterable<Item>, total: number): readonly Item[] {
  const progress = makeProgress(what);
  const collected: Item[] = [];
  for (const item of items) {
    collected.push(item);
    progress.update(collected.length, total);
  }
  progress.finish();
  return collected;
}
