import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {librariesOn} from '../../../src/calibration/operator-rows/predict-operators.js';
import type {Cluster} from '../../../src/cluster/cluster.js';
import type {HardwareProfile} from '../../../src/cluster/hardware-profile.js';
import {readHardware} from '../../../src/plan-file/library/library.js';
import {bytes, seconds} from '../../../src/units/quantities.js';
import {measuredHere} from '../../benchmark/measured-here.js';
import {syntheticBench} from '../../calibration/bench/synthetic-bench.js';
import {withPrograms} from '../../programs.js';
import {temporaryFile, walltime} from '../run-cli.js';

async function profileOf(reference: string): Promise<HardwareProfile> {
  const read = await readHardware(reference);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.profile;
}

/** Nodes of H100 whose kernels and links are not those of the shipped profile. */
async function otherH100(): Promise<Cluster> {
  const cluster = librariesOn(await profileOf('h100-sxm'), null);
  const {kernels} = cluster.accelerator;
  return {
    ...cluster,
    accelerator: {
      ...cluster.accelerator,
      kernels: {
        ...kernels,
        gemmEfficiency: {...kernels.gemmEfficiency, bf16: 0.66, fp16: 0.72},
        halfDepth: 260,
        smallTileLoss: 0.1,
        memoryEfficiency: 0.78,
        halfTraffic: bytes(4e6),
        attentionForward: 0.45,
        attentionBackward: 0.36,
      },
    },
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

function expectNear(found: number, wanted: number, name: string): void {
  expect(Math.abs(found / wanted - 1), `${name}: ${found} for ${wanted}`).toBeLessThan(0.03);
}

test('a bench that the model made gives back its constants, and the profile carries them', async () => {
  const truth = await otherH100();
  const {out, answer} = calibrated(syntheticBench(truth, 'NVIDIA H100 80GB HBM3', 4));
  expect(answer.base).toEqual({hardware: 'h100-sxm', sameAccelerator: true});
  const profile = await profileOf(out);
  const {kernels} = profile.accelerator;
  const wanted = truth.accelerator.kernels;
  for (const precision of ['bf16', 'fp16'] as const) {
    expectNear(kernels.gemmEfficiency[precision] ?? 0, wanted.gemmEfficiency[precision] ?? 0, precision);
  }
  expect(kernels.gemmEfficiency.default).toBe(wanted.gemmEfficiency.default);
  for (const fact of [
    'halfDepth',
    'memoryEfficiency',
    'halfTraffic',
    'attentionForward',
    'attentionBackward',
  ] as const) {
    expectNear(kernels[fact], wanted[fact], fact);
  }
  expect(kernels.smallTileLoss).toBeGreaterThan(0.07);
  expect(kernels.smallTileLoss).toBeLessThan(0.13);
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
