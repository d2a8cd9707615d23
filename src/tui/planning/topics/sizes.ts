import type {Plan} from '../../../layout/plan.js';
import {startSizeForecast} from '../../../scaling/time-aware/size-forecast.js';
import type {BestSize, SizesJob, SizesReply} from '../answers.js';

/** A longer forecast shows what it has so far. */
const patienceMilliseconds = 300;

/** The best size for each length of a training, refined size by size. */
export function* sizeReplies(plan: Plan, job: SizesJob): Generator<SizesReply | null> {
  const {text, layout, moments} = job;
  const forecast = startSizeForecast(plan, layout, moments);
  const reply = (): SizesReply => {
    const {done, total} = forecast.progress();
    const sizes = forecast
      .result()
      .map(({seconds, parameters, tokens, loss}): BestSize => ({seconds, parameters, tokens, loss}));
    return {topic: 'sizes', text, sizes, progress: total === 0 ? 1 : done / total};
  };
  let told = performance.now();
  while (!forecast.advance(1)) {
    if (performance.now() - told < patienceMilliseconds) yield null;
    else {
      yield reply();
      told = performance.now();
    }
  }
  yield reply();
}
