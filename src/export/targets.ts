import {deepspeed} from './deepspeed.js';
import type {ExportTarget} from './export-target.js';
import {llmFoundry} from './llm-foundry.js';
import {megatron} from './megatron/megatron.js';
import {nemo} from './nemo.js';
import {slurm} from './slurm.js';
import {kubernetesSweep} from './sweep/kubernetes-sweep.js';
import {slurmSweep} from './sweep/slurm-sweep.js';
import {torchtitan, torchtitanFlags, torchtitanToml} from './torchtitan/torchtitan.js';

/** Every program that plans are written for; one more is one file and one line here. */
const exportTargets = {
  megatron,
  deepspeed,
  torchtitan,
  'torchtitan-flags': torchtitanFlags,
  'torchtitan-toml': torchtitanToml,
  nemo,
  'llm-foundry': llmFoundry,
  slurm,
  'slurm-sweep': slurmSweep,
  'kubernetes-sweep': kubernetesSweep,
} as const satisfies Record<string, ExportTarget>;

export type ExportTargetName = keyof typeof exportTargets;

export const exportTargetNames = Object.keys(exportTargets) as ExportTargetName[];

export function exportTarget(name: ExportTargetName): ExportTarget {
  return exportTargets[name];
}
