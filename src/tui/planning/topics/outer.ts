import type {ReadPlan} from '../../../plan-file/read-plan.js';
import {readPlanText} from '../../../plan-file/read-plan.js';
import {applyChanges} from '../../state/document/document.js';
import {usualInnerSteps} from '../../state/document/fields.js';
import type {OuterChoice} from '../answers.js';
import {bestRow} from '../goal-search.js';

/** Replicas that are tried; 1 is data parallel over all devices. */
const replicasTried = [1, 2, 4, 8] as const;

/** The plan with data parallel and with DiLoCo of some replicas; every answer holds those that are done. */
export async function* outerChoices(
  read: ReadPlan,
  path: string,
): AsyncGenerator<readonly OuterChoice[] | null> {
  const done: OuterChoice[] = [];
  for (const replicas of replicasTried) {
    const plan = await withReplicas(read, path, replicas);
    done.push({replicas, row: plan === null ? null : yield* bestRow(plan)});
    yield [...done];
  }
}

/** The plan as it would read with so many replicas and an open layout; null where they do not divide it. */
async function withReplicas(
  {plan, source}: ReadPlan,
  path: string,
  replicas: number,
): Promise<ReadPlan['plan'] | null> {
  if (replicas === (plan.diloco?.replicas ?? 1)) return {...plan, pins: {}};
  const outer =
    replicas === 1
      ? [{path: ['diloco'], value: undefined}]
      : [
          {path: ['diloco', 'replicas'], value: replicas},
          {path: ['diloco', 'inner_steps'], value: plan.diloco?.innerSteps ?? usualInnerSteps},
        ];
  const edited = applyChanges(source.text, [{path: ['layout'], value: undefined}, ...outer]);
  if ('message' in edited) return null;
  const read = await readPlanText(path, edited.text);
  return 'problems' in read ? null : read.plan;
}
