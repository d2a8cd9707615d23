import type {Plan} from '../../plan/plan.js';
import type {LossLaw} from './loss-law.js';
import {type LossLawName, lossLaws} from './loss-laws.js';
import {ownLaw} from './own-law.js';

/** A law with the name that plans know it by. */
export interface NamedLaw {
  /** A key of the registry, or `own`. */
  readonly name: string;
  readonly law: LossLaw;
}

/** Default law: for dense models the one form and data that hold over most sizes and ratios. */
const usual: LossLawName = 'besiroglu';
/** For mixtures of experts the one law that knows them. */
const defaultOfExperts: LossLawName = 'krajewski';
/** For tokens that are seen more than once. */
const defaultOfRepeatedData: LossLawName = 'muennighoff';

/**
 * The loss law that a plan asks for, or the usual one for its kind of model and data.
 *
 * @throws Error where the plan names no law that there is: one that was read does not
 */
export function lawOfPlan({loss, model, training}: Pick<Plan, 'loss' | 'model' | 'training'>): NamedLaw {
  if (loss !== null && 'expression' in loss) return {name: 'own', law: ownLaw(loss)};
  const name = loss?.law ?? defaultLaw({model, training});
  const laws: Readonly<Record<string, LossLaw>> = lossLaws;
  const law = Object.hasOwn(laws, name) ? laws[name] : undefined;
  if (law === undefined) throw new Error(`no loss law is called ${name}`);
  return {name, law};
}

/**
 * The plan with its law by name, where it names none: the one that is usual for its model and its data however
 * many tokens it is trained on, so that losses of longer and shorter trainings compare.
 */
export function withOneLaw<Asked extends Pick<Plan, 'loss' | 'model' | 'training'>>(plan: Asked): Asked {
  const {loss, training} = plan;
  if (loss !== null) return plan;
  const {name} = lawOfPlan({...plan, training: {...training, tokens: Infinity}});
  return {...plan, loss: {law: name}};
}

function defaultLaw({model, training}: Pick<Plan, 'model' | 'training'>): LossLawName {
  if (model.experts !== null) return defaultOfExperts;
  const {tokens, uniqueTokens = Infinity} = training;
  return uniqueTokens < tokens ? defaultOfRepeatedData : usual;
}
