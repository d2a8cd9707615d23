import type {LayoutRule} from '../layout/rule.js';
import {numDevicesOf} from '../plan/plan.js';
import {commentLines, describeRun, generalNotes} from './description.js';
import type {ExportedText, LaunchTarget, PlannedRun} from './export-target.js';
import {megatronEnvironment, megatronFragment} from './megatron/megatron.js';
import {bashArray} from './shell.js';

/** A launcher runs on each node, with a process for each of its devices. */
const wholeNodes: LayoutRule = {
  code: 'whole-nodes',
  fields: [],
  at: 'cluster',
  broken: (_, {cluster: {numDevices, devicesPerNode}}) => {
    const perNode = Math.min(numDevices, devicesPerNode);
    return numDevices % perNode === 0 ? null : {devices: numDevices, perNode};
  },
  message: '{devices} devices are not whole nodes of {perNode}',
  hint: 'choose a multiple of {perNode} devices',
};

/** Frameworks whose programs read the arguments of Megatron-LM. */
const megatronPrograms = ['megatron-core', 'megatron-bridge', 'nemo'];

/** A batch script for Slurm that starts one launcher on each node; ranks meet at the first node. */
export const slurm: LaunchTarget = {
  of: 'layout',
  summary: 'an sbatch script: nodes, time, rendezvous and launcher',
  comments: true,
  framework: null,
  rules: [wholeNodes],
  write: writeSlurm,
};

function writeSlurm(run: PlannedRun): ExportedText {
  const {plan} = run;
  const devices = numDevicesOf(plan);
  const perNode = Math.min(devices, plan.cluster.devicesPerNode);
  const {args, notes} = trainerArguments(run);
  const all = [
    ...generalNotes(run),
    'the time is the P90 of the run by the calendar: where the partition allows less, submit the script again until it is done',
    ...notes,
  ];
  const program = args.length > 0 ? `"\${@:-pretrain_gpt.py}" "\${MEGATRON_ARGS[@]}"` : '"$@"';
  const text = [
    '#!/bin/bash',
    ...commentLines(describeRun(run)),
    ...commentLines(all.map(note => `note: ${note}`)),
    `#SBATCH --job-name=${jobName(plan.name)}`,
    `#SBATCH --nodes=${devices / perNode}`,
    '#SBATCH --ntasks-per-node=1',
    `#SBATCH --gpus-per-node=${perNode}`,
    '#SBATCH --exclusive',
    `#SBATCH --time=${timeLimit(run.run.seconds.p90)}`,
    '#SBATCH --output=%x-%j.out',
    '#SBATCH --open-mode=append',
    '#SBATCH --requeue',
    '',
    'set -euo pipefail',
    '',
    ...megatronEnvironment(run),
    'MASTER_ADDR=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)',
    'export MASTER_ADDR MASTER_PORT=29500',
    ...args,
    '',
    '# One launcher a node; it starts a process for each device.',
    'srun --kill-on-bad-exit=1 torchrun \\',
    `  --nnodes=${devices / perNode} \\`,
    `  --nproc-per-node=${perNode} \\`,
    '  --rdzv-id="$SLURM_JOB_ID" \\',
    '  --rdzv-backend=c10d \\',
    '  --rdzv-endpoint="$MASTER_ADDR:$MASTER_PORT" \\',
    `  ${program}`,
  ];
  return {text: `${text.join('\n')}\n`, notes: all};
}

/** The arguments of the trainer where it reads those of Megatron-LM. */
function trainerArguments(run: PlannedRun): {
  readonly args: readonly string[];
  readonly notes: readonly string[];
} {
  if (!megatronPrograms.includes(run.plan.cluster.software.framework)) {
    const note =
      'the training program and its arguments follow the name of this script: sbatch SCRIPT train.py ...';
    return {args: [], notes: [note]};
  }
  const {settings, notes} = megatronFragment(run);
  return {args: bashArray('MEGATRON_ARGS', settings), notes};
}

/** Slurm's own names hold no blanks. */
function jobName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'walltime';
}

/** days-hours:minutes:seconds, rounded up to a minute. */
function timeLimit(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(minutes / 1440)}-${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}:00`;
}
