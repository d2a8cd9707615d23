import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {type DeviceFact, deviceFamilies} from '../../../src/calibration/bench/device-facts.js';
import {parseKernelRow} from '../../../src/calibration/kernel-rows/kernel-row.js';
import {librariesOn} from '../../../src/calibration/operator-rows/predict-operators.js';
import type {Cluster} from '../../../src/cluster/cluster.js';
import type {HardwareProfile} from '../../../src/cluster/hardware-profile.js';
import {readHardware} from '../../../src/plan-file/library/library.js';
import {seconds} from '../../../src/units/quantities.js';
import {measuredHere} from '../../benchmark/measured-here.js';
import {syntheticBench} from '../../calibration/bench/synthetic-bench.js';
import {withPrograms} from '../../programs.js';
import {temporaryFile, walltime} from '../run-cli.js';

async function profileOf(reference: string): Promise<HardwareProfile> {
  const read = await readHardware(reference);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.profile;
}

/** Kernel facts that a synthetic bench may determine. */
function deviceFacts({accelerator}: Cluster): readonly DeviceFact[] {
  const rows = ['bf16', 'fp16'].map(dtype => parseKernelRow({op: 'matmul', dtype}).row);
  const facts = deviceFamilies.flatMap(family => family.facts(rows, accelerator));
  return facts.filter(fact => !Number.isNaN(fact.of(accelerator)));
}

/** Nodes of H100 whose kernels and links are not those of the shipped profile. */
async function otherH100(): Promise<Cluster> {
  const cluster = librariesOn(await profileOf('h100-sxm'), null);
  const changed = deviceFacts(cluster).reduce(
    (accelerator, fact) =>
      fact.with(accelerator, (fact.unit === 'fraction' ? 0.85 : 1.4) * fact.of(accelerator)),
    cluster.accelerator,
  );
  return {
    ...cluster,
    accelerator: changed,
    topology: cluster.topology.map(level => ({
      ...level,
      latency: seconds(1.6 * level.latency),
      efficiency: level.efficiency.map(point => ({...point, fraction: 0.8 * point.fraction})),
    })),
  };
}

function calibrated(bench: string, ...further: string[]) {
  const file = temporaryFile('bench.json', bench);
  const out = path.join(path.dirname(file), 'here.yaml');
  const {stdout, stderr, status} = walltime([
    'calibrate',
    '--bench',
    file,
    '--out',
    out,
    '--json',
    ...further,
  ]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return {out, answer: JSON.parse(stdout)};
}

function expectNear(found: number, wanted: number, name: string, tolerance = 0.03): void {
  expect(Math.abs(found / wanted - 1), `${name}: ${found} for ${wanted}`).toBeLessThan(tolerance);
}

test('a bench that the model made gives back its constants, and the profile carries them', async () => {
  const truth = await otherH100();
  const {out, answer} = calibrated(syntheticBench(truth, 'NVIDIA H100 80GB HBM3', 4));
  expect(answer.base).toEqual({hardware: 'h100-sxm', sameAccelerator: true});
  const profile = await profileOf(out);
  const measured = answer.figures.map(({path: at}: {path: string}) => at);
  const facts = deviceFacts(truth).filter(fact => measured.includes(`accelerator.${fact.path.join('.')}`));
  const names = facts.map(fact => fact.path.join('.'));
  for (const name of ['memory_efficiency', 'gemm_efficiency.bf16', 'gemm_efficiency.fp16', 'half_depth']) {
    expect(names).toContain(`kernels.${name}`);
  }
  expect(names.filter(name => /attention|flash/.test(name)).length).toBeGreaterThanOrEqual(2);
  for (const fact of facts) {
    // Small tiles take few of the products.
    const tolerance = fact.path.includes('small_loss') ? 0.3 : 0.03;
    expectNear(fact.of(profile.accelerator), fact.of(truth.accelerator), fact.path.join('.'), tolerance);
  }
  expectNear(profile.host.linkBandwidth, 40e9, 'host link');
  for (const [i, level] of truth.topology.entries()) {
    const found = profile.topology[i];
    expectNear(found?.latency ?? 0, level.latency, `${level.name} latency`);
    for (const point of found?.efficiency ?? []) {
      const same = level.efficiency.find(({bytes: size}) => size === point.bytes);
      if (same !== undefined && point.bytes >= 2 ** 20) {
        expectNear(point.fraction, same.fraction, `${level.name} at ${point.bytes}`);
      }
    }
  }
  expect(answer.errors.after.accuracy.medianAbsoluteError).toBeLessThan(0.01);
  expect(answer.errors.before.accuracy.medianAbsoluteError).toBeGreaterThan(0.1);
});

test('every figure has its evidence; what was not measured is named with the part it is taken from', async () => {
  const {out, answer} = calibrated(syntheticBench(await otherH100(), 'NVIDIA H100 80GB HBM3', 1));
  for (const {evidence, from} of answer.figures) {
    expect(evidence).toBe('measured-here');
    expect(from.length).toBeGreaterThan(0);
  }
  const paths = answer.figures.map(({path: at}: {path: string}) => at);
  expect(paths).toContain('accelerator.kernels.memory_efficiency');
  expect(paths.some((at: string) => at.startsWith('topology.fabric'))).toBe(false);
  const taken = new Map(
    answer.taken.map((figure: {path: string; from: string}) => [figure.path, figure.from]),
  );
  expect(taken.get('accelerator.power')).toBe('h100-sxm');
  expect(taken.has('accelerator.kernels.memory_efficiency')).toBe(false);
  expect(readFileSync(out, 'utf8')).toContain('measured-here: bench.json, 2026-01-02, PyTorch 2.9.0');
  expect(answer.skipped).toEqual([{op: 'matmul', reason: 'PyTorch 1.13 has no product in 8 bits'}]);
});

test('a device that no profile knows has rates of its own, over the nearest part', async () => {
  const truth = await otherH100();
  const {out, answer} = calibrated(syntheticBench(truth, 'Zeta Z9 96GB', 1));
  expect(answer.base.sameAccelerator).toBe(false);
  const {accelerator, name} = await profileOf(out);
  expect(name).toBe('zeta-z9-96gb-here');
  expect(accelerator.name).toBe('Zeta Z9 96GB');
  expect(accelerator.price).toBeNull();
  expect(Object.keys(accelerator.peak).sort()).toEqual(['bf16', 'fp16']);
  const reached = ({peak, kernels}: typeof accelerator) =>
    (peak.bf16 ?? 0) * (kernels.gemmEfficiency.bf16 ?? kernels.gemmEfficiency.default);
  expectNear(reached(accelerator), reached(truth.accelerator), 'bf16 rate');
});

test('validate takes the same bench, and finds the profile of it nearer than the base', async () => {
  const bench = syntheticBench(await otherH100(), 'NVIDIA H100 80GB HBM3', 2);
  const {out} = calibrated(bench);
  const errorOn = (...hardware: string[]) =>
    JSON.parse(walltime(['validate', temporaryFile('bench.json', bench), '--json', ...hardware]).stdout)
      .summary.medianOfSlices;
  expect(errorOn('--hardware', out)).toBeLessThan(0.02);
  expect(errorOn()).toBeGreaterThan(0.1);
});

test('rows that vary are counted: the machine had other work', async () => {
  const document = JSON.parse(syntheticBench(await otherH100(), 'NVIDIA H100 80GB HBM3', 1));
  const spread = (row: {seconds: number}, times: number) => ({
    ...row,
    seconds_p10: row.seconds,
    seconds_p90: times * row.seconds,
  });
  const rows = document.rows.map((row: {seconds: number}, i: number) => spread(row, i < 3 ? 2.5 : 1.1));
  expect(calibrated(JSON.stringify({...document, rows})).answer.noisyRows).toBe(3);
});

const plan = (hardware: string, precision: string) => `walltime: 1
model: gpt2-124m
cluster: {hardware: ${hardware}, devices: 2}
training: {tokens: 1e6, sequence_length: 256, global_batch: 8, precision: ${precision}}
`;

test('a plan answers on the profile at once', async () => {
  const {out} = calibrated(syntheticBench(await otherH100(), 'NVIDIA H100 80GB HBM3', 2));
  const {status, stdout} = walltime(['plan', temporaryFile('plan.yaml', plan(out, 'bf16')), '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout).best.step.seconds.p50).toBeGreaterThan(0);
});

const torch = withPrograms('python3:torch');
torch.test(
  `what the script measures here becomes a profile that plans use${torch.needed}`,
  {timeout: 300_000},
  async () => {
    const {text} = await measuredHere(2);
    const {out, answer} = calibrated(text);
    expect(answer.base.sameAccelerator).toBe(false);
    const paths = answer.figures.map(({path: at}: {path: string}) => at);
    for (const at of ['accelerator.peak.fp32', 'accelerator.memory_bandwidth', 'topology.node.latency']) {
      expect(paths).toContain(at);
    }
    const timed = answer.timed.map(({op}: {op: string}) => op);
    for (const op of ['launch', 'layer-forward', 'layer-full']) expect(timed).toContain(op);
    const {status, stdout} = walltime(['plan', temporaryFile('plan.yaml', plan(out, 'fp32')), '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).best.step.seconds.p50).toBeGreaterThan(0);
  },
);

test('what is wrong is said with its place and what to do', async () => {
  const wrong = (text: string) => {
    const file = temporaryFile('bench.json', text);
    const {status, stderr} = walltime(['calibrate', '--bench', file]);
    expect(status).toBe(2);
    return stderr.replaceAll(file, 'bench.json');
  };
  expect(wrong('{"rows": []}')).toContain(
    'bench.json:1:1  is no measurement of a machine  (walltime hardware measure',
  );
  const right = syntheticBench(await otherH100(), 'NVIDIA H100 80GB HBM3', 1);
  expect(wrong(right.replace(/"m": 1024/, '"m": "many"'))).toMatch(
    /bench\.json:\d+:\d+ {2}rows\[6\]\.m: "many" is not a whole number above 0/,
  );
  expect(wrong(right.replace(/"devices_per_node": 8/, '"devices_per_node": 0'))).toMatch(
    /bench\.json:\d+:\d+ {2}machine\.devices_per_node: /,
  );
  const clash = walltime(['calibrate', '--bench', temporaryFile('bench.json', right), '--software', 'fsdp']);
  expect(clash.status).toBe(2);
  expect(clash.stderr).toContain('--bench takes no tables of runs');
});
