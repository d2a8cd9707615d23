import type {Layout} from '../../layout/layout.js';
import type {VariantChoices} from '../../plan/variant.js';
import type {SearchCounts} from '../../search/search-result.js';
import type {Answer} from '../../search/variants/answer.js';
import {meetsLimits} from '../../search/variants/goal.js';
import type {Band} from '../../units/band.js';
import {utilization} from '../utilization.js';

/** One plan of a study with the best that it can be. Plain data: rows of shards are joined as they are. */
export interface StudyRow {
  readonly cell: number;
  /** By the path of the field. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly verdict: 'meets' | 'misses' | 'does not fit' | 'not possible';
  /** Why it is not possible; null otherwise. */
  readonly reason: string | null;
  readonly best: StudyFigures | null;
  readonly counts: SearchCounts | null;
  readonly optimal: boolean;
}

export interface StudyFigures {
  readonly choices: VariantChoices;
  readonly layout: Layout;
  readonly stepSeconds: number;
  readonly runSeconds: Band;
  readonly deviceHours: number;
  readonly costUsd: number | null;
  readonly energyJoules: number;
  readonly modelFlopsUtilization: number;
  readonly memoryShare: number;
}

type Named = Pick<StudyRow, 'cell' | 'values'>;

export function infeasibleRow(named: Named, reason: string): StudyRow {
  return {...named, verdict: 'not possible', reason, best: null, counts: null, optimal: true};
}

export function studyRow(named: Named, {best, counts, optimal}: Answer): StudyRow {
  if (best === null) return {...named, verdict: 'does not fit', reason: null, best: null, counts, optimal};
  const {variant, candidate, run, figures} = best;
  const {layout, estimate} = candidate;
  return {
    ...named,
    verdict: meetsLimits(variant.plan.goal, figures) ? 'meets' : 'misses',
    reason: null,
    best: {
      choices: variant.choices,
      layout,
      stepSeconds: estimate.seconds,
      runSeconds: {...run.seconds},
      deviceHours: run.deviceHours,
      costUsd: run.costUsd,
      energyJoules: run.energyJoules,
      modelFlopsUtilization: utilization(variant.plan, layout, estimate.seconds).modelFlopsUtilization,
      memoryShare: figures.memoryShare,
    },
    counts,
    optimal,
  };
}
