/**
 * The library as built. Its path is put together, since type checking would follow it into the bundle.
 *
 * @type {typeof import('../../src/index.js')}
 */
const library = await import(new URL(['..', '..', 'dist', 'index.js'].join('/'), import.meta.url).href);
const {completeLayout, estimateRun, estimateStep, readPlan} = library;

const numRuns = 10_000;
const windowSeconds = 60 * 86_400;

/**
 * Ten thousand runs of 60 days on 16,384 devices that fail as those of Llama 3 did, about 466 times each.
 *
 * @returns {Promise<import('../bench.mjs').Row[]>}
 */
export async function run() {
  const read = await readPlan('plans/llama-3-405b.yaml');
  if ('problems' in read) throw new Error('the plan is not readable');
  const {plan} = read;
  const layout = completeLayout(plan);
  const estimate = layout === null ? null : estimateStep({...plan, layout});
  if (estimate === null) throw new Error('the plan states its layout');
  const whole = estimateRun(plan, estimate, {runs: 0});
  const tokens = (plan.training.tokens * windowSeconds) / whole.expectedSeconds;
  const window = {...plan, training: {...plan.training, batchRamp: [], tokens}};
  const started = performance.now();
  const drawn = estimateRun(window, estimate, {runs: numRuns});
  const seconds = (performance.now() - started) / 1000;
  return [
    {what: 'failures in a run', value: drawn.failures, unit: '', bar: null},
    {
      what: '10,000 runs of about 60 days on 16,384 devices',
      value: seconds,
      unit: 's',
      bar: {at: 1, better: 'lower'},
    },
    {
      what: 'nanoseconds for a failure',
      value: (seconds * 1e9) / (numRuns * drawn.failures),
      unit: 'ns',
      bar: null,
    },
  ];
}
