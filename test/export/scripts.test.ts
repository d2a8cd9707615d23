import {spawnSync} from 'node:child_process';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import type {PlannedRun} from '../../src/export/export-target.js';
import {llmFoundry} from '../../src/export/llm-foundry.js';
import {megatron} from '../../src/export/megatron/megatron.js';
import {nemo} from '../../src/export/nemo.js';
import {slurm} from '../../src/export/slurm.js';
import {torchtitan} from '../../src/export/torchtitan/torchtitan.js';
import {withPrograms} from '../programs.js';
import {exportTo, textFor} from './export-to.js';
import {loadedRun} from './loaded-run.js';
import {layoutOfFlags, megatronFlags} from './parse-megatron.js';
import {runs} from './random-run.js';

/** What a checker of a language says of a text. */
function complaint(command: string, args: readonly string[], input: string): string {
  return spawnSync(command, args, {input, encoding: 'utf8'}).stderr;
}

const named = async (name: string): Promise<PlannedRun> => {
  const run = await loadedRun({software: 'megatron-core', layout: '  tensor: 2\n  sharding: optimizer\n'});
  return {...run, plan: {...run.plan, name}};
};

test('scripts are right for bash, whatever the plan is called', async () => {
  const run = await named('it\'s "mine" $(rm -rf /) `x`\n#SBATCH --nodes=9');
  for (const target of [slurm, megatron]) {
    const text = textFor(target, run);
    expect(complaint('bash', ['-n'], text)).toBe('');
    expect(text.match(/^#SBATCH --nodes=/gm) ?? []).toHaveLength(target === slurm ? 1 : 0);
    expect(text).not.toMatch(/^[^#]*rm -rf/m);
  }
});

const python = withPrograms('python3');

python.test(`functions are right for Python${python.needed}`, async () => {
  const check = ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'];
  const run = await loadedRun({layout: '  tensor: 2\n  sequence_parallel: true\n  sharding: parameters\n'});
  expect(complaint('python3', check, textFor(torchtitan, run))).toBe('');
  expect(complaint('python3', check, textFor(nemo, await named('a "quoted" name')))).toBe('');
});

test('a Slurm script asks for whole nodes and the P90 of the run, and hands on the layout', async () => {
  const run = await named('Llama on eight');
  const text = textFor(slurm, run);
  expect(text).toMatch(/^#!\/bin\/bash\n/);
  expect(text).toContain('#SBATCH --job-name=Llama-on-eight\n');
  expect(text).toContain('#SBATCH --nodes=1\n');
  expect(text).toContain('#SBATCH --gpus-per-node=8\n');
  const [, days, hours, minutes] = (/--time=(\d+)-(\d\d):(\d\d):00/.exec(text) ?? []).map(Number);
  const limit = ((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0);
  expect(limit * 60).toBeGreaterThanOrEqual(run.run.seconds.p90);
  expect(limit * 60 - run.run.seconds.p90).toBeLessThan(60);
  const flags = megatronFlags(text.slice(text.indexOf('MEGATRON_ARGS=(')));
  expect(layoutOfFlags(flags, 8)).toMatchObject({tensor: 2, data: 4, sharding: 'optimizer'});
});

test('the YAML of LLM Foundry says batch, sharding and recomputation', () => {
  let written = 0;
  fc.assert(
    fc.property(runs, run => {
      const plain = {...run.layout, tensor: 1, pipeline: 1, context: 1, data: run.plan.cluster.numDevices};
      const {training} = run.plan;
      const subject = {
        ...run,
        layout: plain,
        plan: {...run.plan, training: {...training, globalBatch: plain.data * plain.microBatch}},
      };
      const exported = exportTo(llmFoundry, subject);
      if ('problems' in exported) return;
      written += 1;
      const config = parse(exported.text);
      expect(config.global_train_batch_size).toBe(plain.data * plain.microBatch);
      expect(config.device_train_microbatch_size).toBe(plain.microBatch);
      expect(config.fsdp_config.activation_checkpointing).toBe(plain.recompute === 'full');
      expect(config.model.n_layers).toBe(run.plan.model.numLayers);
      const strategy = {
        none: /^NO_SHARD$/,
        gradients: /^SHARD_GRAD_OP$/,
        parameters: /^(FULL|HYBRID)_SHARD$/,
      };
      expect(config.fsdp_config.sharding_strategy).toMatch(strategy[plain.sharding as keyof typeof strategy]);
    }),
    {numRuns: 1200},
  );
  expect(written).toBeGreaterThan(20);
});

test('NeMo has the same layout as Megatron-LM in its own words', () => {
  fc.assert(
    fc.property(runs, run => {
      const own = exportTo(nemo, run);
      if ('problems' in own) return;
      const {text} = own;
      expect(text).toContain(`tensor_model_parallel_size=${run.layout.tensor},`);
      expect(text).toContain(`pipeline_model_parallel_size=${run.layout.pipeline},`);
      expect(text.includes('sequence_parallel=True')).toBe(run.layout.sequenceParallel);
      expect(text).toContain(`recipe.data.micro_batch_size = ${run.layout.microBatch}`);
    }),
    {numRuns: 200},
  );
});
