import {parseCollectiveRow} from '../../../src/calibration/collective-rows/collective-row.js';
import {parseKernelRow} from '../../../src/calibration/kernel-rows/kernel-row.js';
import {operatorPricer} from '../../../src/calibration/operator-rows/predict-operators.js';
import type {Cluster} from '../../../src/cluster/cluster.js';

type Cells = Readonly<Record<string, string | number>>;

const mib = 2 ** 20;
const shapes: readonly (readonly [number, number, number])[] = [
  ...[1024, 2048, 4096, 8192, 16384].map(n => [n, n, n] as const),
  ...[256, 512, 1024, 2048, 4096].map(k => [8192, 8192, k] as const),
  ...[64, 128, 512, 1024, 2048].map(m => [m, 8192, 8192] as const),
  [8192, 6144, 4096],
  [8192, 28672, 4096],
  [4096, 5120, 1280],
];

/** The JSON of the script as a machine would give it that is exactly the model's. */
export function syntheticBench(machine: Cluster, device: string, nodes: number): string {
  const price = operatorPricer(machine);
  const own = machine.devicesPerNode;
  const kernels: Cells[] = [
    ...[1, 4, 16, 64, 256, 1024].map(size => ({op: 'copy', bytes: size * mib})),
    ...['bf16', 'fp16'].flatMap(dtype => shapes.map(([m, n, k]) => ({op: 'matmul', dtype, m, n, k}))),
    ...['forward', 'backward'].flatMap(pass =>
      [1024, 2048, 4096, 8192].flatMap(seq =>
        [0, 1].map(causal => ({
          op: `attention-${pass}`,
          dtype: 'bf16',
          library: 'PyTorch SDPA',
          batch: 16384 / seq,
          seq,
          heads: 32,
          kv_heads: 32,
          head_dim: 128,
          causal,
        })),
      ),
    ),
  ];
  const collectives: Cells[] = [1, ...(nodes > 1 ? [nodes] : [])].flatMap(count =>
    ['all_reduce', 'all_gather', 'reduce_scatter', 'all_to_all'].flatMap(op =>
      [2 ** -8, 2 ** -5, 0.25, 1, 4, 16, 64, 256, 1024].map(size => ({
        op,
        ranks: count * own,
        nodes: count,
        gpus_per_node: own,
        bytes: size * mib,
      })),
    ),
  );
  const rows = [...kernels, ...collectives].map(cells => {
    const texts = Object.fromEntries(Object.entries(cells).map(([key, value]) => [key, String(value)]));
    const {row} = 'ranks' in cells ? parseCollectiveRow(texts) : parseKernelRow(texts);
    const priced = price(row);
    if ('reason' in priced) throw new Error(`${row.op}: ${priced.reason}`);
    return {...cells, seconds: priced.seconds};
  });
  const {accelerator, host} = machine;
  const link = (op: string) => ({op, bytes: 2 ** 30, seconds: 2 ** 30 / 40e9});
  return JSON.stringify(
    {
      walltime_bench: 1,
      walltime: 'test',
      created: '2026-01-02T03:04:05Z',
      machine: {
        device: {
          type: 'cuda',
          name: device,
          memory_bytes: accelerator.memory,
          compute_units: accelerator.numComputeUnits,
        },
        nodes,
        devices_per_node: own,
        devices_seen: own,
        host: {memory_bytes: host.memory},
        software: {torch: '2.9.0'},
      },
      rows: [...rows, link('host-to-device'), link('device-to-host')],
      skipped: [{op: 'matmul', reason: 'PyTorch 1.13 has no product in 8 bits'}],
    },
    null,
    1,
  );
}
