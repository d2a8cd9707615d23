import type {PlannedRun} from '../../src/export/export-target.js';
import {completeLayout} from '../../src/frameworks/complete-layout.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {plannedRun} from './random-run.js';

interface Pieces {
  readonly model?: string;
  readonly hardware?: string;
  readonly software?: string;
  /** Lines below `training` and `layout`. */
  readonly training?: string;
  readonly layout?: string;
}

/** The run of a plan on 8 devices that states its layout. */
export async function loadedRun({
  model = 'llama-3-8b',
  hardware = 'h100-sxm',
  software = 'generic',
  training = '',
  layout = '',
}: Pieces): Promise<PlannedRun> {
  const stated = (key: string) => new RegExp(`^ +${key}:`, 'm').test(layout);
  const degrees = ['tensor', 'pipeline', 'micro_batch'].filter(key => !stated(key));
  const text = `walltime: 1
model: ${model}
cluster: {hardware: ${hardware}, devices: 8, software: ${software}}
training:
  tokens: 1e9
  sequence_length: 4096
  global_batch: 16
${training}layout:
${degrees.map(key => `  ${key}: 1\n`).join('')}${layout}`;
  const read = await readPlanText('plan.yaml', text);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const complete = completeLayout(read.plan);
  if (complete === null) throw new Error('the plan states its degrees');
  return plannedRun(read.plan, complete);
}
