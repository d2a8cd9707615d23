import {baselineNames, baselineTitles} from './baselines.mjs';
import {percent, percentOrNothing, signedPercent} from './figures.mjs';
import {figureColumn, markdownTable} from './markdown-table.mjs';

/** What the prefixes of row ids stand for. */
const descriptions = /** @type {Readonly<Record<string, string>>} */ ({
  aleph: 'Hagemann et al. 2023, layouts of Llama 13B to 65B on A100',
  bigsci: "BLOOM's pre-study, Megatron-DeepSpeed on A100",
  bigsciV100: 'BigScience studies on V100, noisy by their own word',
  colossal: 'ColossalAI benchmark table',
  dgxc: 'NVIDIA DGX Cloud benchmarking recipes',
  fail: 'runs of Hagemann et al. 2023 that ran out of memory',
  frontier: "Llama-3 8B on Frontier with FSDP, one user's notes",
  ironwood: 'Google TPU recipes, Ironwood (v7)',
  korth22: 'Korthikanti et al. 2022, Table 5 and one run of its text',
  lit: 'headline figures of papers, recalled',
  litgpt: 'LitGPT with Thunder',
  llmf: 'MosaicML llm-foundry, FSDP on A100 and H100',
  maxtext: 'MaxText on TPU v4, v5e, v5p',
  mbridge: 'NVIDIA Megatron-Bridge performance summary',
  mcoreH100: 'Megatron-Core weak scaling on H100',
  misc: 'single figures of several projects',
  mlmLlama: 'Megatron-LM Llama example, FP8',
  nanotron: 'Ultra-Scale Playbook, nanotron on H100, 8 to 512 GPUs',
  nemoLong: 'NVIDIA NeMo, long sequences',
  primus: 'AMD Primus on MI300X and MI355X',
  sc21t1: 'Narayanan et al. 2021, Table 1',
  tpurec: 'Google TPU recipes, Trillium (v6e)',
  ttitan: 'torchtitan benchmark reports on H100',
  vtrainSingle: 'vTrain (MICRO 2024), Megatron-DeepSpeed on one A100 node',
});

/** @typedef {import('./validation.mjs').SourceSummary} SourceSummary */

/**
 * How far predictions of each source are off.
 *
 * @param {readonly SourceSummary[]} sources
 */
export function sourceTable(sources) {
  const figures = [
    'timed',
    'MAPE',
    'median',
    'bias',
    'worst',
    'in band',
    'floor',
    'regret',
    ...baselineTitles,
  ];
  const columns = [{title: 'source'}, {title: 'what'}, ...figures.map(figureColumn)];
  return markdownTable(columns, sources.map(sourceCells));
}

/** @param {SourceSummary} summary */
function sourceCells({source, rows, stepTime, insideBand, noise, ranking, baselines}) {
  const what = source === 'all' ? 'all rows' : descriptions[source];
  if (what === undefined) throw new Error(`the README does not say what the source ${source} is`);
  const accuracy =
    stepTime === null
      ? ['', '', '', '']
      : [
          percent(stepTime.meanAbsoluteError),
          percent(stepTime.medianAbsoluteError),
          signedPercent(stepTime.bias),
          percent(stepTime.worstAbsoluteError),
        ];
  return [
    source,
    what,
    `${stepTime?.count ?? 0} of ${rows}`,
    ...accuracy,
    percentOrNothing(insideBand),
    percentOrNothing(noise?.errorFloor),
    percentOrNothing(ranking?.regret.mean),
    ...baselineNames.map(name => percentOrNothing(baselines[name]?.stepTime?.meanAbsoluteError)),
  ];
}
