import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {PlannedRun} from '../../src/export/export-target.js';
import {torchtitan, torchtitanFlags, torchtitanToml} from '../../src/export/torchtitan/torchtitan.js';
import {groupFor} from '../../src/layout/placement.js';
import {optionRows} from '../published/tables.js';
import {exportTo} from './export-to.js';
import {type Fields, pythonFields, tomlFields} from './nested-fields.js';
import {runs} from './random-run.js';

/** What of the layout both eras say in the same words. */
function expectDegrees(fields: Fields, {plan, layout}: PlannedRun): void {
  const number = (field: string) => Number(fields.get(`parallelism.${field}`));
  expect(number('tensor_parallel_degree')).toBe(layout.tensor);
  expect(number('context_parallel_degree')).toBe(layout.context);
  expect(number('pipeline_parallel_degree')).toBe(layout.pipeline);
  const shard = number('data_parallel_shard_degree');
  expect(shard * number('data_parallel_replicate_degree')).toBe(layout.data);
  if (layout.sharding !== 'none') {
    expect(shard * layout.context).toBe(groupFor(plan.cluster, layout, 'shard').size);
  }
  const reshard = fields.get('parallelism.fsdp_reshard_after_forward');
  // Over one rank nothing is sharded, whatever the layout states.
  if (layout.data * layout.context > 1) expect(layout.sharding).not.toBe('optimizer');
  expect(reshard).toBe(
    {parameters: 'always', gradients: 'never', none: undefined, optimizer: undefined}[layout.sharding],
  );
  if (plan.model.experts !== null) expect(number('expert_parallel_degree')).toBe(layout.expert);
  if (layout.pipeline > 1) {
    const names = {'1f1b': '1F1B', gpipe: 'GPipe', interleaved: 'Interleaved1F1B', 'zb-v': 'ZBVZeroBubble'};
    expect(Object.entries(names)).toContainEqual([
      layout.schedule,
      fields.get('parallelism.pipeline_parallel_schedule'),
    ]);
    const slices = layout.pipeline * (layout.schedule === 'zb-v' ? 2 : layout.virtualStages);
    const modules = fields.get('parallelism.module_fqns_per_model_part');
    if (Array.isArray(modules)) {
      expect(modules).toHaveLength(slices);
      const layers = modules.flat().filter((name: string) => name.startsWith('layers.'));
      expect(layers).toEqual(Array.from({length: plan.model.numLayers}, (_, layer) => `layers.${layer}`));
    } else expect(number('pipeline_parallel_layers_per_stage') * slices).toBe(plan.model.numLayers);
  }
}

test('a job file of the TOML era gives the layout back', () => {
  let written = 0;
  fc.assert(
    fc.property(runs, run => {
      const exported = exportTo(torchtitanToml, run);
      if ('problems' in exported) return;
      written += 1;
      const fields = tomlFields(exported.text);
      const {layout, plan} = run;
      expectDegrees(fields, run);
      expect(fields.get('training.global_batch_size')).toBe(plan.training.globalBatch);
      expect(fields.get('training.steps')).toBe(run.run.steps);
      const local = Number(fields.get('training.local_batch_size'));
      expect(local).toBe(layout.pipeline > 1 ? plan.training.globalBatch / layout.data : layout.microBatch);
      expect(fields.get('activation_checkpoint.mode')).toBe(layout.recompute);
    }),
    {numRuns: 1600},
  );
  expect(written).toBeGreaterThan(20);
});

test('a function for today’s torchtitan gives the layout back, with lengths in tokens', () => {
  let written = 0;
  fc.assert(
    fc.property(runs, run => {
      const exported = exportTo(torchtitan, run);
      if ('problems' in exported) return;
      written += 1;
      const fields = pythonFields(exported.text);
      const {layout, plan} = run;
      expectDegrees(fields, run);
      expect(fields.get('parallelism.enable_sequence_parallel')).toBe(
        layout.tensor > 1 ? layout.sequenceParallel : undefined,
      );
      expect(fields.get('training.num_tokens_per_microbatch_per_dp_rank')).toBe(
        layout.microBatch * plan.training.sequenceLength,
      );
      expect(fields.get('training.num_tokens_per_train_step')).toBe(
        plan.training.globalBatch * plan.training.sequenceLength,
      );
      const kinds = {none: 'None', selective: 'SelectiveAC', full: 'FullAC'};
      expect(fields.get('activation_checkpoint')).toBe(kinds[layout.recompute as keyof typeof kinds]);
    }),
    {numRuns: 1600},
  );
  expect(written).toBeGreaterThan(20);
});

test('options are those fields of the function that the command line has', () => {
  fc.assert(
    fc.property(runs, run => {
      const flags = exportTo(torchtitanFlags, run);
      const whole = exportTo(torchtitan, run);
      if ('problems' in whole) expect(flags).toHaveProperty('problems');
      if ('problems' in flags || 'problems' in whole) return;
      const fields = pythonFields(whole.text);
      for (const [, name = '', value] of flags.text.matchAll(/^ {2}--(\S+)(?: (\S+))?$/gm)) {
        expect(String(fields.get(name)), name).toBe(value ?? 'true');
      }
    }),
    {numRuns: 500},
  );
});

test('every field is one of torchtitan, in its era', () => {
  const sections: Readonly<Record<string, string>> = {
    ParallelismConfig: 'parallelism',
    Parallelism: 'parallelism',
    TrainingConfig: 'training',
    Training: 'training',
    CompileConfig: 'compile',
    Compile: 'compile',
    ActivationCheckpoint: 'activation_checkpoint',
  };
  const fieldsOf = (file: string) =>
    new Set(optionRows(file).map(([owner = '', field = '']) => `${sections[owner] ?? owner}.${field}`));
  const python = fieldsOf('torchtitan.tsv');
  const toml = fieldsOf('torchtitan-toml.tsv');
  fc.assert(
    fc.property(runs, run => {
      const today = exportTo(torchtitan, run);
      const before = exportTo(torchtitanToml, run);
      if ('text' in today) {
        for (const name of pythonFields(today.text).keys()) {
          if (name !== 'activation_checkpoint') expect(python, name).toContain(name);
        }
      }
      if ('text' in before)
        for (const name of tomlFields(before.text).keys()) expect(toml, name).toContain(name);
    }),
    {numRuns: 500},
  );
});
