import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

/** The command line as it ships; `npm test` builds it first. */
export const cli = path.resolve('dist/cli.js');

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line with a page of 80 columns, without colours. */
export function walltime(args: readonly string[], env: NodeJS.ProcessEnv = {}): CliResult {
  const {status, stdout, stderr, error} = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    env: {...process.env, COLUMNS: '80', LC_ALL: 'C.UTF-8', ...env},
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  return {status, stdout, stderr};
}

/** A file of its own folder, which goes when the test ends. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Lines of a plan that is right, to be spoilt by tests. */
export const rightPlan = `walltime: 1
model: llama-3-8b
cluster:
  hardware: h100-sxm
  devices: 8
training:
  tokens: 1e9
  sequence_length: 4096
  global_batch: 16
`;

/** `rightPlan` with one piece of text replaced. */
export function planWith(from: string, to: string): string {
  if (!rightPlan.includes(from)) throw new Error(`the plan has no "${from}"`);
  return temporaryFile('plan.yaml', rightPlan.replace(from, to));
}
