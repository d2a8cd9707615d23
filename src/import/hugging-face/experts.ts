import type {Experts} from '../../model/transformer.js';
import type {ConfigFields} from './config-fields.js';

/** Keys of a file under which the routed experts stand, where they are not those of most. */
interface ExpertKeys {
  readonly count: string;
  readonly topK?: string;
  readonly width?: string;
}

/** Routed experts in every layer and nothing else, but for what `traits` add. */
export function routedExperts(
  config: ConfigFields,
  {count, topK = 'num_experts_per_tok', width = 'moe_intermediate_size'}: ExpertKeys,
  traits: Partial<Experts> = {},
): Experts {
  const numExperts = config.count(count);
  const chosen = config.countOfEachLayer(topK);
  if (chosen > numExperts) {
    config.report(topK, `${chosen} is above the ${numExperts} experts`, `give at most ${numExperts}`);
  }
  return {
    numExperts,
    topK: chosen,
    expertHiddenSize: config.countOfEachLayer(width),
    sharedHiddenSize: 0,
    numDenseLayers: 0,
    everyLayers: 1,
    routerBias: false,
    expertBias: false,
    ...traits,
  };
}

/** Groups of experts where a token may choose from some of them only. */
export function chosenGroups(config: ConfigFields): Pick<Experts, 'groups'> {
  const count = config.countOr('n_group', 1);
  const chosen = config.countOr('topk_group', count);
  return chosen >= 1 && chosen < count ? {groups: {count, chosen}} : {};
}
