import {errorOf, signedPercent} from './figures.mjs';
import {figureColumn, markdownTable} from './markdown-table.mjs';
import {walltimeJson} from './run-walltime.mjs';

/**
 * Device-hours of whole runs as their teams state them.
 *
 * @type {readonly {readonly plan: string, readonly deviceHours: number, readonly source: string}[]}
 */
const runs = [
  {plan: 'llama-3-405b', deviceHours: 30.84e6, source: 'model card of Llama 3.1'},
  {plan: 'bloom-176b', deviceHours: 1_082_990, source: 'Luccioni et al. 2022 (arXiv 2211.02001)'},
  {plan: 'opt-175b', deviceHours: 809_472, source: 'LLaMA (arXiv 2302.13971) Table 15, recalled'},
  {plan: 'llama-2-70b', deviceHours: 1_720_320, source: 'model card of Llama 2'},
  {plan: 'deepseek-v3', deviceHours: 2.664e6, source: 'arXiv 2412.19437, Table 1'},
];

/** Predicted beside published device-hours of whole runs, with what the prediction says of each. */
export async function publishedRuns() {
  const cells = await Promise.all(
    runs.map(async ({plan: name, deviceHours, source}) => {
      const {plan, run, memory} = await walltimeJson(['simulate', `plans/${name}.yaml`]);
      return [
        `\`plans/${name}.yaml\``,
        plan.devices,
        millions(deviceHours),
        millions(run.deviceHours),
        signedPercent(errorOf(run.deviceHours, deviceHours)),
        days(run.seconds),
        `${(run.goodput * 100).toFixed(1)} %`,
        memory.fits ? 'yes' : 'no',
        source,
      ];
    }),
  );
  const columns = [
    {title: 'plan'},
    figureColumn('devices'),
    figureColumn('published device-hours'),
    figureColumn('predicted'),
    figureColumn('error'),
    figureColumn('days, P10 / P50 / P90'),
    figureColumn('goodput'),
    {title: 'fits'},
    {title: 'published in'},
  ];
  return markdownTable(columns, cells);
}

/** @param {number} value */
const millions = value => `${(value / 1e6).toPrecision(3)} M`;

const secondsPerDay = 86_400;

/** @param {{readonly p10: number, readonly p50: number, readonly p90: number}} seconds */
function days({p10, p50, p90}) {
  return [p10, p50, p90].map(value => (value / secondsPerDay).toFixed(0)).join(' / ');
}
