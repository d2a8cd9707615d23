import fc from 'fast-check';
import {expect, test} from 'vitest';
import {deepspeed} from '../../src/export/deepspeed.js';
import {optionRows} from '../published/tables.js';
import {exportTo} from './export-to.js';
import {flattened} from './nested-fields.js';
import {runs} from './random-run.js';

test('the configuration says batch, sharding, numbers and offload, and the notes the rest', () => {
  let written = 0;
  fc.assert(
    fc.property(runs, run => {
      const exported = exportTo(deepspeed, run);
      if ('problems' in exported) return;
      written += 1;
      const {layout, plan} = run;
      const fields = flattened(JSON.parse(exported.text));
      const stages = ['none', 'optimizer', 'gradients', 'parameters'];
      expect(stages[Number(fields.get('zero_optimization.stage'))]).toBe(layout.sharding);
      expect(fields.get('train_batch_size')).toBe(plan.training.globalBatch);
      // DeepSpeed checks that these multiply to the batch.
      expect(
        Number(fields.get('train_micro_batch_size_per_gpu')) *
          Number(fields.get('gradient_accumulation_steps')) *
          layout.data,
      ).toBe(plan.training.globalBatch);
      expect(fields.get('bf16.enabled')).toBe(true);
      expect(fields.get('zero_optimization.offload_optimizer.device') === 'cpu').toBe(
        layout.offload.startsWith('optimizer'),
      );
      const said = [...exported.notes, exported.text].join('\n');
      if (layout.pipeline > 1) expect(said).toContain(`num_stages=${layout.pipeline}`);
      if (layout.tensor > 1)
        expect(said).toMatch(new RegExp(`tensor ${layout.tensor} |"autotp_size": ${layout.tensor}`));
      if (layout.expert > 1) expect(said).toContain(`ep_size=${layout.expert}`);
      expect(layout.context).toBe(1);
    }),
    {numRuns: 1600},
  );
  expect(written).toBeGreaterThan(20);
});

test('every key is one that DeepSpeed reads', () => {
  const known = new Set(optionRows('deepspeed.tsv').map(([key]) => key));
  // The list has constants and fields; the name of this section is built from parts.
  known.add('zero_optimization');
  fc.assert(
    fc.property(runs, run => {
      const exported = exportTo(deepspeed, run);
      if ('problems' in exported) return;
      for (const name of flattened(JSON.parse(exported.text)).keys()) {
        for (const key of name.split('.')) expect(known, name).toContain(key);
      }
    }),
    {numRuns: 500},
  );
});
