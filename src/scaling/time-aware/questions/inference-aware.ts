import {countParameters} from '../../../model/parameters.js';
import {numReplicas} from '../../../plan/plan.js';
import {flopPerParameterToken} from '../../allocation/compute-optimal.js';
import {planLoss} from '../../loss/plan-loss.js';
import type {PlannedSpeed, ScaleCandidate} from '../candidate.js';
import type {TrainingLimit} from '../limit.js';
import type {ModelTemplate} from '../model-template.js';
import {speedTable} from '../speeds/speed-table.js';

/** A training to a given loss, counted with the use of the model afterwards. */
export interface InferenceChoice extends PlannedSpeed {
  readonly parameters: number;
  readonly tokens: number;
  readonly seconds: number;
  readonly trainingFlop: number;
  readonly inferenceFlop: number;
}

export interface InferenceAware {
  /** Loss that is to be reached. */
  readonly loss: number;
  /** Least FLOP in all of those that reach the loss by the limit; null where none does. */
  readonly choice: InferenceChoice | null;
  /** The size that reaches it for the fewest FLOP when only training counts. */
  readonly trainingOnly: InferenceChoice | null;
}

/** A forward pass takes 2 FLOP for a parameter and a token (Kaplan et al. 2020, sec. 2.1). */
const flopOfForward = flopPerParameterToken / 3;

/**
 * The model of least FLOP over training and use that reaches `loss` by the limit: of equal quality a
 * smaller one on more tokens is cheaper to run.
 *
 * @see Sardana et al. 2024, "Beyond Chinchilla-Optimal", eq. 3: min 6 N D + 2 N D_inference subject to the loss
 */
export function inferenceAware(
  best: ScaleCandidate,
  question: {
    readonly family: ModelTemplate;
    readonly sizes: readonly number[];
    readonly loss: number;
    readonly inferenceTokens: number;
  },
  limit: TrainingLimit,
): InferenceAware {
  const {family, sizes, loss, inferenceTokens} = question;
  const batches = [best.plan.training.globalBatch * numReplicas(best.plan)];
  const table = speedTable({plan: best.plan, family, parameters: sizes, batches, like: best.layout});
  const choices = (): InferenceChoice[] =>
    table.sizes.flatMap((_, size) => {
      const speed = table.likelySpeed(size, 0);
      const choice = speed && choiceOf(speed, loss, inferenceTokens);
      return choice !== null && choice.seconds <= limit.seconds && choice.trainingFlop <= limit.flop
        ? [choice]
        : [];
    });
  const likely = choices();
  for (const flop of [flopInAll, flopOfTraining]) {
    const size = table.sizes.findIndex(({parameters}) => parameters === least(likely, flop)?.parameters);
    if (size !== -1) table.speed(size, 0);
  }
  const searched = choices();
  return {loss, choice: least(searched, flopInAll), trainingOnly: least(searched, flopOfTraining)};
}

const flopInAll = ({trainingFlop, inferenceFlop}: InferenceChoice) => trainingFlop + inferenceFlop;
const flopOfTraining = ({trainingFlop}: InferenceChoice) => trainingFlop;

function least(
  choices: readonly InferenceChoice[],
  flop: (choice: InferenceChoice) => number,
): InferenceChoice | null {
  return choices.reduce<InferenceChoice | null>((a, b) => (a === null || flop(b) < flop(a) ? b : a), null);
}

function choiceOf(speed: PlannedSpeed, loss: number, inferenceTokens: number): InferenceChoice | null {
  const tokens = tokensToLoss(speed.plan, loss);
  if (tokens === null) return null;
  const {active, total} = countParameters(speed.plan.model);
  return {
    ...speed,
    parameters: total,
    tokens,
    seconds: speed.plan.operation.warmUp + tokens / speed.tokensPerSecond,
    trainingFlop: flopPerParameterToken * active * tokens,
    inferenceFlop: flopOfForward * active * inferenceTokens,
  };
}

const [fewestTokens, mostTokens] = [1e6, 1e18];
const steps = 60;

/** Tokens after which a plan reaches a loss; null where no number of them does. */
export function tokensToLoss(plan: PlannedSpeed['plan'], loss: number): number | null {
  const reaches = (tokens: number) => planLoss({...plan, training: {...plan.training, tokens}}).value <= loss;
  if (!reaches(mostTokens)) return null;
  let [low, high] = [Math.log(fewestTokens), Math.log(mostTokens)];
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2;
    if (reaches(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return Math.exp(high);
}
