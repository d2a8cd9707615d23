import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {PlannedRun} from '../../src/export/export-target.js';
import {megatron} from '../../src/export/megatron/megatron.js';
import {groupFor} from '../../src/layout/placement.js';
import {optionRows} from '../published/tables.js';
import {exportTo, textFor} from './export-to.js';
import {loadedRun} from './loaded-run.js';
import {layoutOfFlags, megatronFlags} from './parse-megatron.js';
import {runs} from './random-run.js';

test('flags say the layout: reading them gives it back', () => {
  let written = 0;
  fc.assert(
    fc.property(runs, run => {
      const exported = exportTo(megatron, run);
      if ('problems' in exported) return;
      written += 1;
      const {layout, plan} = run;
      const flags = megatronFlags(exported.text);
      const read = layoutOfFlags(flags, plan.cluster.numDevices);
      expect(layout).toMatchObject({
        ...read,
        // What does not matter is not said.
        ...(layout.context === 1 ? {contextExchange: layout.contextExchange} : {}),
        ...(layout.pipeline === 1 ? {schedule: layout.schedule} : {}),
        ...(layout.data * layout.context === 1 ? {sharding: layout.sharding} : {}),
        ...(plan.model.experts === null ? {expertTensor: layout.expertTensor} : {}),
      });
      const copies = Number(flags.get('--num-distributed-optimizer-instances')?.[0] ?? 1);
      if (flags.has('--use-distributed-optimizer')) {
        expect(copies * groupFor(plan.cluster, layout, 'shard').size).toBe(layout.data * layout.context);
      }
    }),
    {numRuns: 400},
  );
  expect(written).toBeGreaterThan(50);
});

test('stages that Megatron-LM would cut in another way are written out, all layers once', () => {
  fc.assert(
    fc.property(runs, run => {
      const exported = exportTo(megatron, run);
      if ('problems' in exported) return;
      const stages = megatronFlags(exported.text).get('--pipeline-model-parallel-layout')?.[0];
      const {pipeline, virtualStages} = run.layout;
      const {numLayers} = run.plan.model;
      if (stages === undefined) {
        expect(pipeline === 1 || numLayers % (pipeline * virtualStages) === 0).toBe(true);
        return;
      }
      const layers = [...stages.matchAll(/t(?:\*(\d+))?/g)].map(([, count]) => Number(count ?? 1));
      expect(layers.reduce((sum, count) => sum + count, 0)).toBe(numLayers);
      expect(stages).toMatch(/^E.*L$/);
    }),
    {numRuns: 200},
  );
});

test('every flag and every word of a choice is one of Megatron-LM', async () => {
  const known = new Map(
    optionRows('megatron-lm.tsv').map(([flag, takes, choices]) => [flag, {takes, choices}]),
  );
  const check = (run: PlannedRun) => {
    const exported = exportTo(megatron, run);
    if ('problems' in exported) return;
    for (const [flag, values] of megatronFlags(exported.text)) {
      const entry = known.get(flag);
      expect(entry, flag).toBeDefined();
      expect(values.length > 0, flag).toBe(entry?.takes !== 'nothing');
      if (entry?.choices) {
        expect(entry.choices.split(',').map(choice => choice.replace('AttnBackend.', ''))).toContain(
          values[0],
        );
      }
      if (entry?.takes === 'int') expect(values[0]).toMatch(/^\d+$/);
    }
  };
  fc.assert(fc.property(runs, check), {numRuns: 200});
  for (const model of [
    'deepseek-v3-671b',
    'qwen3-30b-a3b',
    'gemma-3-12b',
    'llama-4-scout-109b',
    'bloom-176b',
  ]) {
    check(await loadedRun({model}));
  }
});

test('the shape of a model with latent attention, experts behind dense layers and a prediction layer', async () => {
  const flags = megatronFlags(textFor(megatron, await loadedRun({model: 'deepseek-v3-671b'})));
  expect(Object.fromEntries(flags)).toMatchObject({
    '--multi-latent-attention': [],
    '--q-lora-rank': ['1536'],
    '--kv-lora-rank': ['512'],
    '--num-experts': ['256'],
    '--moe-router-topk': ['8'],
    '--moe-ffn-hidden-size': ['2048'],
    '--moe-shared-expert-intermediate-size': ['2048'],
    '--moe-layer-freq': ['([0]*3+[1]*58)'],
    '--mtp-num-layers': ['1'],
    '--swiglu': [],
    '--disable-bias-linear': [],
    '--normalization': ['RMSNorm'],
  });
});

test('grouped queries, their norms and a window', async () => {
  const flags = megatronFlags(textFor(megatron, await loadedRun({model: 'gemma-3-12b'})));
  expect(flags.get('--num-query-groups')).toEqual(['8']);
  expect(flags.get('--window-size')).toEqual(['1023,0']);
  expect(flags.get('--window-attn-skip-freq')).toEqual(['6']);
  expect(flags.has('--qk-layernorm')).toBe(true);
});

test('tokens become steps, and a growing batch a schedule of samples', async () => {
  const plain = megatronFlags(textFor(megatron, await loadedRun({})));
  expect(plain.get('--train-iters')).toEqual([String(Math.ceil(1e9 / (4096 * 16)))]);
  const ramp = await loadedRun({training: '  batch_ramp: [{until: 100e6, global_batch: 8}]\n'});
  const flags = megatronFlags(textFor(megatron, ramp));
  expect(flags.get('--step-batch-size-schedule')).toEqual(['0:8 100000000:16']);
  expect(flags.has('--train-iters')).toBe(false);
  expect(flags.has('--global-batch-size')).toBe(false);
});

test('what Megatron-LM has no words for is said, or refused where it would run otherwise', async () => {
  const notes = exportTo(megatron, await loadedRun({model: 'bloom-176b', layout: '  tensor: 8\n'}));
  expect('notes' in notes && notes.notes.join('\n')).toMatch(/ALiBi is not in it/);
  const refused = exportTo(
    megatron,
    await loadedRun({software: 'any-framework', layout: '  pipeline: 2\n  schedule: zb-h1\n'}),
  );
  expect('problems' in refused && refused.problems.map(({path, message}) => `${path}: ${message}`)).toEqual([
    'layout.schedule: megatron-core has no schedule zb-h1',
  ]);
});

test('a name of several lines stays in its comment', async () => {
  const run = await loadedRun({});
  const text = textFor(megatron, {...run, plan: {...run.plan, name: 'x\nrm -rf "$HOME"'}});
  expect(text).toMatch(/^# x rm -rf "\$HOME"$/m);
});
