import {percent, percentOrNothing, signedPercent} from './figures.mjs';
import {figureColumn, markdownTable} from './markdown-table.mjs';

/** @typedef {import('./validation.mjs').BaselineName} BaselineName */

/** What predictions are held against, each with a term more than the one before. */
const titles = /** @type {Readonly<Record<BaselineName, string>>} */ ({
  constantMfu: 'constant MFU',
  linearInFlop: 'linear in FLOP',
  linearInFlopAndTraffic: 'linear in FLOP and copies',
});

export const baselineNames = /** @type {readonly BaselineName[]} */ (Object.keys(titles));
export const baselineTitles = Object.values(titles);

/**
 * What a simulation adds to a line through the same runs.
 *
 * @param {import('./validation.mjs').Summary} summary
 */
export function baselineTable(summary) {
  const rows = [
    ...baselineNames.map(name => ({title: titles[name], judged: summary.baselines[name]})),
    {title: 'walltime', judged: summary},
  ];
  const sweeps = `regret in ${summary.ranking?.sweeps ?? 0} sweeps`;
  const figures = ['MAPE', 'median', 'p90', 'bias', 'rank correlation', sweeps, 'p90 of regret'];
  return markdownTable(
    [{title: ''}, ...figures.map(figureColumn)],
    rows.map(({title, judged}) => [
      title,
      percentOrNothing(judged?.stepTime?.meanAbsoluteError),
      percentOrNothing(judged?.stepTime?.medianAbsoluteError),
      percentOrNothing(judged?.stepTime?.p90AbsoluteError),
      judged?.stepTime ? signedPercent(judged.stepTime.bias) : '',
      judged?.ranking?.rankCorrelation.toFixed(2) ?? '',
      percentOrNothing(judged?.ranking?.regret.mean),
      percentOrNothing(judged?.ranking?.regret.p90),
    ]),
  );
}

/**
 * Whether runs fit, in a sentence; for tables that have runs that did not.
 *
 * @param {import('./validation.mjs').Summary} summary
 */
export function fitSentence({fit, predicted}) {
  return `Whether a run fits: right for ${percent(fit.right / predicted)} of ${predicted} runs; of ${fit.outOfMemory} that ran out of memory ${percent(fit.missed / fit.outOfMemory)} were said to fit.`;
}

/**
 * How far runs differ that their tables do not tell apart.
 *
 * @param {import('./validation.mjs').Summary} summary
 */
export function noiseSentence({noise}) {
  if (noise === null) return 'No run repeats another one.';
  return `${noise.runs} runs repeat ${noise.configurations} configurations, in another job or release. They differ by ${percent(noise.spread)} (standard deviation), so that the best prediction of them errs by ${percent(noise.errorFloor)} on average.`;
}
