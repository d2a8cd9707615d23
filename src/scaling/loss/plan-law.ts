import type {LossChoice} from '../../layout/plan.js';
import type {LossLaw} from './loss-law.js';
import {type LossLawName, lossLaws} from './loss-laws.js';

/** Of a plan that names none: the one form and data that hold over most sizes and ratios. */
const usual: LossLawName = 'besiroglu';

/**
 * The loss law that a plan asks for. The parser of formulas is loaded only for a plan that has one.
 *
 * @throws Error where the choice names no law or its formula is wrong: a plan that was read has neither
 */
export async function lawOfPlan(choice: LossChoice | null): Promise<LossLaw> {
  if (choice === null || 'law' in choice) return registeredLaw(choice?.law ?? usual);
  const {ownLossLaw} = await import('./own-law.js');
  const own = ownLossLaw(choice);
  if ('problems' in own)
    throw new Error(`the plan's loss: ${own.problems.map(({message}) => message).join(', ')}`);
  return own;
}

function registeredLaw(name: string): LossLaw {
  const laws: Readonly<Record<string, LossLaw>> = lossLaws;
  const law = Object.hasOwn(laws, name) ? laws[name] : undefined;
  if (law === undefined) throw new Error(`no loss law is called ${name}`);
  return law;
}
