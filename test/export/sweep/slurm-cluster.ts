import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {cpus, hostname, tmpdir, userInfo} from 'node:os';
import path from 'node:path';
import {daemonPath} from '../../programs.js';

/** A Slurm of one node on this machine, with its daemons and files in a folder of its own. */
export interface SlurmCluster {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  stop(): void;
}

/** Programs that a cluster is started with. */
export const slurmPrograms = ['munged', 'mungekey', 'slurmctld', 'slurmd', 'sbatch'] as const;

export function startSlurm(): SlurmCluster {
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-slurm-'));
  for (const name of ['state', 'spool', 'work']) mkdirSync(path.join(folder, name));
  const at = (name: string) => path.join(folder, name);
  const user = userInfo().username;
  writeFileSync(at('slurm.conf'), configuration(at, user));
  const env = {...process.env, PATH: daemonPath, SLURM_CONF: at('slurm.conf')};
  const pidFiles = ['munged.pid', 'slurmctld.pid', 'slurmd.pid'].map(at);
  const stop = () => {
    for (const file of pidFiles.toReversed()) endProcessOf(file);
    rmSync(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 100});
  };
  try {
    run('mungekey', ['--create', `--keyfile=${at('munge.key')}`], env);
    // --force: the temporary folder is writable by all, which munged warns of.
    run(
      'munged',
      [
        '--force',
        `--key-file=${at('munge.key')}`,
        `--socket=${at('munge.socket')}`,
        `--pid-file=${at('munged.pid')}`,
        `--log-file=${at('munged.log')}`,
        `--seed-file=${at('munged.seed')}`,
      ],
      env,
    );
    run('slurmctld', ['-f', at('slurm.conf')], env);
    run('slurmd', ['-f', at('slurm.conf')], env);
    waitUntilIdle(env);
  } catch (error) {
    stop();
    throw error;
  }
  return {folder, env, stop};
}

/** Ports of our own, away from a Slurm that may run here. */
function configuration(at: (name: string) => string, user: string): string {
  const port = 20_000 + (process.pid % 10_000);
  return `ClusterName=walltime
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${port}
SlurmdPort=${port + 1}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
AuthInfo=socket=${at('munge.socket')}
StateSaveLocation=${at('state')}
SlurmdSpoolDir=${at('spool')}
SlurmctldPidFile=${at('slurmctld.pid')}
SlurmdPidFile=${at('slurmd.pid')}
SlurmctldLogFile=${at('slurmctld.log')}
SlurmdLogFile=${at('slurmd.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1
ReturnToService=2
MpiDefault=none
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=${cpus().length} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const {status, stdout, stderr, error} = spawnSync(program, args, {env, encoding: 'utf8', timeout: 20_000});
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

function waitUntilIdle(env: NodeJS.ProcessEnv): void {
  for (let tries = 0; tries < 150; tries += 1) {
    const {stdout} = spawnSync('sinfo', ['-h', '-o', '%T'], {env, encoding: 'utf8'});
    if (stdout.trim() === 'idle') return;
    spawnSync('sleep', ['0.2']);
  }
  throw new Error('the node of the cluster did not come up');
}

/** Returns once the process is gone: until then it still writes its state into the folder. */
function endProcessOf(pidFile: string): void {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (!(pid > 1)) return;
  spawnSync('kill', [String(pid)]);
  for (let tries = 0; tries < 100 && isAlive(pid); tries += 1) spawnSync('sleep', ['0.1']);
}

function isAlive(pid: number): boolean {
  return spawnSync('kill', ['-0', String(pid)]).status === 0;
}
