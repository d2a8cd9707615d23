import type {SweepTarget} from '../export-target.js';
import {shellWord, sweepName, sweepShards} from './sweep-name.js';

/** A Slurm job array that searches a plan, or a study of plans, in shards; each task writes its result. */
export const slurmSweep: SweepTarget = {
  of: 'plan',
  summary: 'a Slurm job array that searches the plan in shards',
  comments: true,
  write: ({file}) => ({
    notes: [],
    text: `#!/bin/bash
#SBATCH --job-name=${sweepName(file)}
#SBATCH --array=0-${sweepShards - 1}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --output=${sweepName(file)}-%A-%a.log
# Searches ${file.replaceAll(/\s/g, ' ')} in as many shards as the array has tasks. Any range will do: sbatch --array=0-31.
# A task that is stopped goes on where it was. When all are done, anywhere:
#   walltime merge ${sweepName(file)}/shard-*.json
# WALLTIME is the command, WALLTIME_OUT the folder of the shards; both have defaults.
set -euo pipefail
read -ra walltime <<<"\${WALLTIME:-npx walltime}"
out=\${WALLTIME_OUT:-${sweepName(file)}}
shard=$out/shard-$SLURM_ARRAY_TASK_ID
mkdir -p "$out"
"\${walltime[@]}" plan ${shellWord(file)} --shard auto --out "$shard.json" --resume "$shard.part"
`,
  }),
};
