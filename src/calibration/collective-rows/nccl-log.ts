import type {CollectiveRow} from './collective-row.js';

/** A row of a log with the line that it stands in, counted from 1. */
export interface LoggedCollective {
  readonly row: Omit<CollectiveRow, 'id'>;
  readonly line: number;
}

/** What is wrong with a line of a log. */
export interface LogFault {
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** Whether a text has the heading of a table that nccl-tests or rccl-tests print. */
export function isNcclLog(text: string): boolean {
  return heading.test(text);
}

const heading = /^.*#\s+size\s+count\s+type\b.*\btime\s+algbw\s+busbw/m;

/** Programs of nccl-tests by the name of what they time in tables. */
const programs: Readonly<Record<string, string>> = {
  all_reduce: 'all_reduce',
  all_gather: 'all_gather',
  reduce_scatter: 'reduce_scatter',
  alltoall: 'all_to_all',
  sendrecv: 'send_recv',
  broadcast: 'broadcast',
};

/**
 * Collectives of the logs in a text, one after the other: ranks and hosts from the list of devices, the
 * out-of-place time of each size. What was timed stands in the program's name, or follows from bus over
 * algorithm bandwidth.
 *
 * @param name of the file, which may name the collective
 */
export function readNcclLog(
  text: string,
  name: string,
): {readonly rows: readonly LoggedCollective[]; readonly faults: readonly LogFault[]} {
  const jobs = jobsOf(text);
  const named = jobs.map(job => ({job, op: job.op ?? programIn(name) ?? opByBandwidths(job)}));
  return {
    rows: named.flatMap(({job, op}) =>
      op === null ? [] : job.sizes.map(({line, measured}) => ({line, row: rowOf(measured, op, job)})),
    ),
    faults: named.flatMap(({job: {sizes}, op}) =>
      op === null && sizes[0] !== undefined ? [{line: sizes[0].line, ...unnamed}] : [],
    ),
  };
}

function jobsOf(text: string): readonly Job[] {
  let job = emptyJob(null);
  const jobs = [job];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(launcherPrefix, '');
    if (/^\s*#\s*nThread\b/.test(line)) {
      // A name in front of the heading, as of the command line, is of the job that it starts.
      job = emptyJob(job.sizes.length === 0 ? job.op : null);
      jobs.push(job);
    }
    job.op ??= programIn(line);
    const device = /^\s*#\s+Rank\s+\d+\b.*\bon\s+(\S+)\s+device\s+\d+\s+\[[^\]]*\]\s+(.+?)\s*$/.exec(line);
    if (device !== null) {
      const [, host = '', hardware = ''] = device;
      job.hosts.set(host, (job.hosts.get(host) ?? 0) + 1);
      job.hardware ??= hardware;
    }
    const measured = measuredLine(line);
    if (measured !== null) job.sizes.push({line: index + 1, measured});
  }
  return jobs;
}

const unnamed = {
  message: 'the log does not say which collective it timed',
  hint: 'name the file after it, such as all_gather.log, or keep the command line in it',
};

/** What launchers put in front of each line: `[1,0]<stdout>:` of Open MPI, `0: ` of Slurm. */
const launcherPrefix = /^(\[\d+,\d+\](<\w+>)?:?|\d+:)\s?/;

interface Job {
  op: string | null;
  hardware: string | null;
  /** Ranks on each host. */
  readonly hosts: Map<string, number>;
  readonly sizes: {readonly line: number; readonly measured: Measured}[];
}

function emptyJob(op: string | null): Job {
  return {op, hardware: null, hosts: new Map(), sizes: []};
}

function ranksOf({hosts}: Job): number {
  return [...hosts.values()].reduce((sum, ranks) => sum + ranks, 0);
}

function programIn(text: string): string | null {
  const named = /\b(all_reduce|all_gather|reduce_scatter|alltoall|sendrecv|broadcast)(_perf)?\b/.exec(
    text,
  )?.[1];
  return named === undefined ? null : (programs[named] ?? null);
}

interface Measured {
  readonly bytes: number;
  readonly redop: string;
  readonly microseconds: number;
  readonly algorithmBandwidth: number;
  readonly busBandwidth: number;
  readonly numWrong: string;
}

/** `size count type redop [root] time algbw busbw #wrong ...`, out of place first. */
function measuredLine(line: string): Measured | null {
  const match =
    /^\s*(\d+)\s+\d+\s+[a-z]\w*\s+(\w+)(?:\s+-?\d+)?\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+(N\/A|[\d.e+-]+)/.exec(
      line,
    );
  if (match === null) return null;
  const [, bytes, redop = '', time, algorithm, bus, numWrong = ''] = match;
  const numbers = [bytes, time, algorithm, bus].map(Number);
  const [size = 0, microseconds = 0, algorithmBandwidth = 0, busBandwidth = 0] = numbers;
  if (size === 0 || microseconds === 0) return null;
  return {bytes: size, redop, microseconds, algorithmBandwidth, busBandwidth, numWrong};
}

/**
 * Bus over algorithm bandwidth of the largest size: 2 (n-1)/n of an all-reduce, (n-1)/n of a reduce-scatter,
 * which reduces too, as the others do not.
 */
function opByBandwidths(job: Job): string | null {
  const largest = job.sizes.at(-1)?.measured;
  const ranks = ranksOf(job);
  // Slower rates are printed with too few digits.
  if (largest === undefined || largest.algorithmBandwidth < 1 || ranks < 3 || largest.redop === 'none')
    return null;
  const passes = ((largest.busBandwidth / largest.algorithmBandwidth) * ranks) / (ranks - 1);
  if (Math.abs(passes - 2) < 0.1) return 'all_reduce';
  return Math.abs(passes - 1) < 0.1 ? 'reduce_scatter' : null;
}

function rowOf(measured: Measured, op: string, job: Job): LoggedCollective['row'] {
  const ranks = ranksOf(job);
  const nodes = job.hosts.size;
  const isWrong = /^\d/.test(measured.numWrong) && Number(measured.numWrong) > 0;
  return {
    kind: 'collective',
    op,
    confidence: 'high',
    hardware: job.hardware,
    network: null,
    ranks: ranks === 0 ? null : ranks,
    nodes: nodes === 0 ? null : nodes,
    devicesPerNode: nodes === 0 ? null : Math.max(...job.hosts.values()),
    bytes: measured.bytes,
    seconds: measured.microseconds / 1e6,
    flag: isWrong ? `${measured.numWrong} wrong values` : null,
    library: 'nccl-tests',
    settings: '',
  };
}
