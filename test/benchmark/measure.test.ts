import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryFile, walltime} from '../cli/run-cli.js';
import {withPrograms} from '../programs.js';
import {type BenchRow, measuredHere} from './measured-here.js';

const torch = withPrograms('python3:torch');

function opsOf(rows: readonly BenchRow[]): ReadonlySet<unknown> {
  return new Set(rows.map(({op}) => op));
}

torch.test(
  `one process on the CPU measures kernels, and names what it lacks${torch.needed}`,
  {timeout: 180_000},
  async () => {
    const {bench} = await measuredHere(1);
    expect(bench).toMatchObject({walltime_bench: 1, walltime: 'test', quick: true});
    expect(bench.machine).toMatchObject({nodes: 1, devices_per_node: 1, device: {type: 'cpu'}});
    const ops = opsOf(bench.rows);
    for (const op of [
      'launch',
      'copy',
      'matmul',
      'attention-forward',
      'attention-backward',
      'layer-forward',
      'layer-full',
    ]) {
      expect(ops, op).toContain(op);
    }
    for (const row of bench.rows) {
      const [p10, median, p90] = [row.seconds_p10, row.seconds, row.seconds_p90].map(Number);
      expect(p10).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(p10 as number);
      expect(p90).toBeGreaterThanOrEqual(median as number);
    }
    const skipped = Object.fromEntries(bench.skipped.map(({op, reason}) => [op, reason]));
    expect(skipped).toMatchObject({
      'host-to-device': 'the device is the host',
      'peak-memory': 'the CPU has no allocator that counts',
      collectives: expect.stringContaining('torchrun'),
    });
  },
);

torch.test(`two processes measure the links between them${torch.needed}`, {timeout: 240_000}, async () => {
  const {bench} = await measuredHere(2);
  expect(bench.machine).toMatchObject({nodes: 1, devices_per_node: 2});
  const collectives = bench.rows.filter(({ranks}) => ranks === 2);
  for (const op of ['all_reduce', 'all_gather', 'send_recv']) expect(opsOf(collectives), op).toContain(op);
  // The transport of the CPU has no reduce-scatter before PyTorch 2.
  expect([...opsOf(collectives), ...bench.skipped.map(({op}) => op)]).toContain('reduce_scatter');
});

test('the command writes the script once, or prints it', () => {
  const printed = walltime(['hardware', 'measure']);
  expect(printed.status).toBe(0);
  const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(printed.stdout).toContain(`WALLTIME_VERSION = "${version}"`);
  const out = path.join(path.dirname(temporaryFile('other', '')), 'measure.py');
  expect(walltime(['hardware', 'measure', '--out', out]).stdout).toBe(`script written: ${out}\n`);
  expect(readFileSync(out, 'utf8')).toBe(printed.stdout);
  const again = walltime(['hardware', 'measure', '--out', out]);
  expect(again.status).toBe(2);
  expect(again.stderr).toContain(`${out}:1:1  is there already`);
});
