import type {Plan} from '../../../plan/plan.js';
import {startSizeForecast} from '../../../scaling/time-aware/size-forecast.js';
import type {SizesJob} from '../job.js';
import type {BestSize, SizesReply} from '../reply.js';

/** Time between two replies of a forecast that is not done. */
const updateMilliseconds = 300;

/** The best model size for each length of a training run, refined size by size. */
export function* sizeReplies(plan: Plan, job: SizesJob): Generator<SizesReply | null> {
  const {text, layout, moments} = job;
  const forecast = startSizeForecast(plan, layout, moments);
  const reply = (): SizesReply => {
    const {done, total} = forecast.progress();
    const sizes = forecast
      .result()
      .map(({seconds, parameters, tokens, loss}): BestSize => ({seconds, parameters, tokens, loss}));
    return {kind: 'sizes', text, sizes, progress: total === 0 ? 1 : done / total};
  };
  let lastUpdate = performance.now();
  while (!forecast.advance(1)) {
    if (performance.now() - lastUpdate < updateMilliseconds) yield null;
    else {
      yield reply();
      lastUpdate = performance.now();
    }
  }
  yield reply();
}
