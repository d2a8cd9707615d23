import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {benchmarkScript} from '../../src/plan-file/library/benchmark-script.js';
import {systemPython} from '../programs.js';

/** A row of the script's JSON. */
export type BenchRow = Readonly<Record<string, string | number>>;

export interface Bench {
  readonly walltime_bench: number;
  readonly walltime: string;
  readonly seconds: number;
  readonly machine: {readonly nodes: number; readonly devices_per_node: number} & Readonly<
    Record<string, Readonly<Record<string, string | number | null>>>
  >;
  readonly rows: readonly BenchRow[];
  readonly skipped: readonly {readonly op: string; readonly reason: string}[];
}

/** The JSON of the script on the CPU, started as a launcher starts it, in processes of one node. */
export async function measuredHere(
  processes: number,
): Promise<{readonly bench: Bench; readonly text: string}> {
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-bench-'));
  try {
    const script = path.join(folder, 'measure.py');
    writeFileSync(script, benchmarkScript('test'));
    const port = processes > 1 ? await freePort() : 0;
    const runs = Array.from({length: processes}, (_, rank) =>
      run(script, folder, processes === 1 ? {} : launched(rank, processes, port)),
    );
    await Promise.all(runs);
    const text = readFileSync(path.join(folder, 'walltime-bench.json'), 'utf8');
    return {bench: JSON.parse(text), text};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** What torchrun sets. Debian's torchrun 1.13 does not start under its Python 3.11. */
function launched(rank: number, processes: number, port: number): NodeJS.ProcessEnv {
  return {
    MASTER_ADDR: '127.0.0.1',
    MASTER_PORT: String(port),
    WORLD_SIZE: String(processes),
    LOCAL_WORLD_SIZE: String(processes),
    RANK: String(rank),
    LOCAL_RANK: String(rank),
  };
}

function run(script: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(systemPython, [script, '--quick', '--device', 'cpu'], {
    cwd: folder,
    env: {...process.env, OMP_NUM_THREADS: '1', ...env},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', data => {
    complaints += data;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => (code === 0 ? resolve() : reject(new Error(complaints))));
  });
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
