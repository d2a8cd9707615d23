/**
 * The library as built. Its path is put together, since type checking would follow it into the bundle.
 *
 * @type {typeof import('../../src/index.js')}
 */
const library = await import(new URL(['..', '..', 'dist', 'index.js'].join('/'), import.meta.url).href);
const {estimateStep, readPlan, readPlanText, searchLayouts, startSearch, timeEveryLayout} = library;

/**
 * @typedef {import('../../src/index.js').Plan} Plan
 * @typedef {import('../bench.mjs').Row} Row
 */

/** Plans of which nothing of the layout is stated; the first two on a framework with every choice there is. */
const large = [
  {
    what: 'GPT-3 175B on 4,096 A100',
    bar: 2,
    fields: 'model: gpt3-175b\ncluster: {hardware: a100-80gb, devices: 4096, software: any-framework}',
    training: 'sequence_length: 2048, global_batch: 1536, precision: bf16',
  },
  {
    what: '1T on 3,072 GCDs of Frontier',
    bar: 2,
    fields:
      'model: frontier-1t\ncluster: {hardware: frontier-mi250x, devices: 3072, software: any-framework}',
    training: 'sequence_length: 2048, global_batch: 1536, precision: fp16',
  },
  {
    what: 'DeepSeek-V3 on 2,048 H800',
    bar: 5,
    fields: 'model: deepseek-v3-671b\ncluster: {hardware: h800, devices: 2048, software: megatron-core}',
    training: 'sequence_length: 4096, global_batch: 15360, precision: fp8',
  },
];

const examples = [
  'bloom-176b',
  'deepseek-v3',
  'frontier-175b',
  'frontier-1t',
  'frontier-22b',
  'llama-2-70b',
  'llama-3-405b',
  'llama-3-70b-h100',
  'llama-3-8b-frontier',
  'opt-175b',
  'selene-175b',
];

/**
 * The planner: proved optima of large spaces, what it takes to plan again, and plain evaluation.
 *
 * @returns {Promise<Row[]>}
 */
export async function run() {
  return [
    ...(await largeSpaces()),
    ...(await twoShares()),
    ...(await plannedAgain()),
    ...(await plainEvaluation()),
    ...(await curve()),
  ];
}

/** @param {string} fields @param {string} training @param {string} [layout] @returns {Promise<Plan>} */
async function planOf(fields, training, layout = '') {
  const text = `walltime: 1\n${fields}\ntraining: {tokens: 300e9, ${training}}\n${layout}\n`;
  const read = await readPlanText('plan.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

/**
 * Seconds of the clock: those of the processor would count the threads that collect garbage and compile.
 *
 * @template Value
 * @param {() => Value} work
 * @returns {{readonly value: Value, readonly seconds: number}}
 */
function timed(work) {
  const before = performance.now();
  const value = work();
  return {value, seconds: (performance.now() - before) / 1000};
}

async function largeSpaces() {
  /** @type {Row[]} */
  const rows = [];
  for (const {what, bar, fields, training} of large) {
    const plan = await planOf(fields, training);
    const optimum = timed(() => searchLayouts(plan, {alternatives: 0}));
    const {value, seconds} = timed(() => searchLayouts(plan));
    if (value?.optimal !== true || optimum.value?.optimal !== true) throw new Error(`${what} is not proved`);
    rows.push(
      {what: `${what}: layouts`, value: value.counts.space, unit: '', bar: null},
      {what: `${what}: timed one by one in the proof`, value: value.counts.evaluated, unit: '', bar: null},
      {
        what: `${what}: best layout, proved`,
        value: optimum.seconds,
        unit: 's',
        bar: {at: bar, better: 'lower'},
      },
      {
        what: `${what}: runners-up and front as well`,
        value: seconds,
        unit: 's',
        bar: null,
      },
      {
        what: `${what}: memory of the process after it`,
        value: process.memoryUsage().rss / 1e6,
        unit: 'MB',
        // Of the last one what the others left behind counts too.
        bar: rows.length === 0 ? {at: 300, better: 'lower'} : null,
      },
    );
  }
  return rows;
}

/**
 * What a search on two threads takes of its longer one, beside a search on one. The shares are worked through in
 * turn, so that it shows on a machine whose other processor is busy; each waits for the other's warm start as threads do.
 *
 * @returns {Promise<Row[]>}
 */
async function twoShares() {
  const [, , last] = large;
  if (last === undefined) throw new Error('the largest space is the last');
  const plan = await planOf(last.fields, last.training);
  const alone = timed(() => searchLayouts(plan)).seconds;
  const shares = [0, 1].map(index => {
    const search = startSearch(plan, {shard: {index, of: 2}}, 'shard');
    if (search === null) throw new Error('the device has the precision');
    return search;
  });
  const warmStarts = shares.map(
    search =>
      timed(() => {
        while (!search.warmStart());
      }).seconds,
  );
  const incumbents = shares.map(search => search.incumbents());
  const visits = shares.map(
    search =>
      timed(() => {
        search.setIncumbents(incumbents);
        search.advance(Infinity);
      }).seconds,
  );
  return [
    {
      what: `${last.what}: two threads over one, by the work of the longer`,
      value: alone / (Math.max(...warmStarts) + Math.max(...visits)),
      unit: 'x',
      bar: {at: 1.6, better: 'higher'},
    },
  ];
}

/**
 * One figure of each example is changed, in a process that has planned it before, as an interactive planner does:
 * the best layout first, runners-up and front after it.
 */
async function plannedAgain() {
  const rounds = 15;
  /** @type {Row[]} */
  const rows = [];
  for (const name of examples) {
    const read = await readPlan(`plans/${name}.yaml`);
    if ('problems' in read) throw new Error(`${name} is not readable`);
    const {plan} = read;
    let seed = searchLayouts(plan).best?.layout;
    const whole = /** @type {number[]} */ ([]);
    const best = /** @type {number[]} */ ([]);
    for (let round = 0; round < rounds; round += 1) {
      const accelerator = {...plan.cluster.accelerator};
      const memoryBandwidth = accelerator.memoryBandwidth * (1 + (round + 1) / 100);
      const changed = {
        ...plan,
        cluster: {
          ...plan.cluster,
          accelerator: {
            ...accelerator,
            memoryBandwidth: /** @type {typeof accelerator.memoryBandwidth} */ (memoryBandwidth),
          },
        },
      };
      const start = seed === undefined ? {} : {seed};
      best.push(timed(() => searchLayouts(changed, {...start, alternatives: 0})).seconds);
      const again = timed(() => searchLayouts(changed, start));
      whole.push(again.seconds);
      seed = again.value?.best?.layout;
    }
    rows.push(
      {
        what: `planned again after one changed figure: ${name}`,
        value: 1000 * median(best),
        unit: 'ms',
        bar: {at: 50, better: 'lower'},
      },
      {
        what: `runners-up and front as well: ${name}`,
        value: 1000 * median(whole),
        unit: 'ms',
        bar: null,
      },
    );
  }
  return rows;
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Memory and all parts of the step of every layout, beside estimating layouts one by one. */
async function plainEvaluation() {
  const plan = await planOf(
    'model: llama-3-70b\ncluster: {hardware: h100-sxm, devices: 64}',
    'sequence_length: 8192, global_batch: 128, precision: bf16',
    'layout: {tensor: 4}',
  );
  const {value, seconds} = timed(() => timeEveryLayout(plan));
  const layouts = value?.layouts ?? 0;
  const found = searchLayouts(plan);
  const some = [
    ...(found?.best ? [found.best] : []),
    ...(found?.alternatives ?? []),
    ...(found?.pareto ?? []),
  ];
  const times = 20;
  const alone = timed(() => {
    for (let time = 0; time < times; time += 1) {
      for (const {layout} of some) estimateStep({...plan, layout});
    }
  });
  return [
    {what: 'layouts of the space that is timed one by one', value: layouts, unit: '', bar: null},
    {
      what: 'plain evaluation, no bound',
      value: layouts / seconds,
      unit: 'layouts/s',
      bar: {at: 200_000, better: /** @type {const} */ ('higher')},
    },
    {
      what: 'the same by an estimate for each layout',
      value: (times * some.length) / alone.seconds,
      unit: 'layouts/s',
      bar: null,
    },
  ];
}

/** Search time against the number of devices, 64 to 65,536. */
async function curve() {
  const sizes = [64, 256, 1024, 4096, 16_384, 65_536];
  /** @type {Row[]} */
  const rows = [];
  for (const devices of sizes) {
    const plan = await planOf(
      `model: llama-3-70b\ncluster: {hardware: h100-sxm, devices: ${devices}, software: megatron-core}`,
      `sequence_length: 4096, global_batch: ${2 * devices}, precision: bf16`,
    );
    const {seconds} = timed(() => searchLayouts(plan));
    rows.push({what: `Llama 3 70B on ${devices} H100`, value: seconds, unit: 's', bar: null});
  }
  const growth = (rows.at(-1)?.value ?? 0) / (rows[0]?.value ?? 1);
  const exponent = Math.log(growth) / Math.log((sizes.at(-1) ?? 1) / (sizes[0] ?? 1));
  rows.push({
    what: 'exponent of search time in the number of devices',
    value: exponent,
    unit: '',
    bar: {at: 1, better: 'lower'},
  });
  return rows;
}
