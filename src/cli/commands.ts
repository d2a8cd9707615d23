import type {Command} from 'commander';

/** A command as the program lists it; its file is loaded when it is called. */
export interface CommandEntry {
  readonly summary: string;
  /** Adds arguments, options, help and the action. */
  readonly load: () => Promise<(command: Command) => void>;
}

/** Every command; one more is one file and one line here. */
export const commands = {
  tui: {
    summary: 'the interactive planner; also walltime without a command',
    load: async () => (await import('./tui.js')).declareTui,
  },
  plan: {
    summary: 'find the best parallel layout for a plan',
    load: async () => (await import('./planning/plan.js')).declarePlan,
  },
  merge: {
    summary: 'join the shards of a plan that was searched in parts',
    load: async () => (await import('./planning/merge.js')).declareMerge,
  },
  simulate: {
    summary: 'one layout in depth: step, memory, run, cost',
    load: async () => (await import('./simulate.js')).declareSimulate,
  },
  scale: {
    summary: 'the best model for a deadline: size, tokens, batch, layout',
    load: async () => (await import('./scaling/scale.js')).declareScale,
  },
  check: {
    summary: 'for CI: does every plan fit and meet its goal?',
    load: async () => (await import('./check.js')).declareCheck,
  },
  compare: {
    summary: 'plans, or one plan on several machines, side by side',
    load: async () => (await import('./compare.js')).declareCompare,
  },
  export: {
    summary: 'write a plan for a trainer or a scheduler',
    load: async () => (await import('./export.js')).declareExport,
  },
  validate: {
    summary: 'predicted against measured: runs, kernels, collectives',
    load: async () => (await import('./measured/validate.js')).declareValidate,
  },
  'fit-law': {
    summary: 'fit a loss law to runs, with its errors',
    load: async () => (await import('./scaling/fit-law.js')).declareFitLaw,
  },
  calibrate: {
    summary: 'fit a software stack to measured runs, or a machine to its own measurements',
    load: async () => (await import('./measured/calibrate.js')).declareCalibrate,
  },
  hardware: {
    summary: 'list, show and measure machines, with the source of every figure',
    load: async () => (await import('./hardware.js')).declareHardware,
  },
  model: {
    summary: 'list, show and import models',
    load: async () => (await import('./model.js')).declareModel,
  },
} as const satisfies Record<string, CommandEntry>;
