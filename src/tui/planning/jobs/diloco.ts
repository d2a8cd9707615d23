import type {ReadPlan} from '../../../plan-file/read-plan.js';
import {readPlanText} from '../../../plan-file/read-plan.js';
import {applyChanges} from '../../document/plan-document.js';
import {defaultInnerSteps} from '../../document/plan-fields.js';
import {bestRow} from '../goal-search.js';
import type {DilocoChoice} from '../reply.js';

/** Numbers of replicas that are planned; 1 is data parallelism over all devices. */
const replicasTried = [1, 2, 4, 8] as const;

/** Plans data parallelism and DiLoCo with several numbers of replicas; every value holds the choices so far. */
export async function* dilocoChoices(
  read: ReadPlan,
  path: string,
): AsyncGenerator<readonly DilocoChoice[] | null> {
  const choices: DilocoChoice[] = [];
  for (const replicas of replicasTried) {
    const plan = await withReplicas(read, path, replicas);
    choices.push({replicas, row: plan === null ? null : yield* bestRow(plan)});
    yield [...choices];
  }
}

/** The plan with `replicas` replicas and an open layout; null if the devices cannot be divided by them. */
async function withReplicas(
  {plan, source}: ReadPlan,
  path: string,
  replicas: number,
): Promise<ReadPlan['plan'] | null> {
  if (replicas === (plan.diloco?.replicas ?? 1)) return {...plan, pins: {}};
  const diloco =
    replicas === 1
      ? [{path: ['diloco'], value: undefined}]
      : [
          {path: ['diloco', 'replicas'], value: replicas},
          {path: ['diloco', 'inner_steps'], value: plan.diloco?.innerSteps ?? defaultInnerSteps},
        ];
  const edited = applyChanges(source.text, [{path: ['layout'], value: undefined}, ...diloco]);
  if ('message' in edited) return null;
  const read = await readPlanText(path, edited.text);
  return 'problems' in read ? null : read.plan;
}
