import type {ExportTarget} from './export-target.js';
import {megatron} from './megatron/megatron.js';
import {kubernetesSweep} from './sweep/kubernetes-sweep.js';
import {slurmSweep} from './sweep/slurm-sweep.js';

/** Every program that plans are written for; one more is one file and one line here. */
const exportTargets = {
  megatron,
  'slurm-sweep': slurmSweep,
  'kubernetes-sweep': kubernetesSweep,
} as const satisfies Record<string, ExportTarget>;

export type ExportTargetName = keyof typeof exportTargets;

export const exportTargetNames = Object.keys(exportTargets) as ExportTargetName[];

export function exportTarget(name: ExportTargetName): ExportTarget {
  return exportTargets[name];
}
