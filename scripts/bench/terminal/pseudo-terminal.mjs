import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** Ends each picture of the interactive planner. */
const endOfPicture = '\u001b[?2026l';
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/g;

/**
 * A command in a pseudo-terminal that `script` of util-linux opens.
 *
 * @typedef {object} PseudoTerminal
 * @property {(keys: string) => void} send
 * @property {(test: (picture: string) => boolean, milliseconds?: number) => Promise<number>} until the time, in
 *   milliseconds of `performance.now`, at which the text of what was drawn since the last call first passed
 * @property {() => number} pid of the command
 * @property {() => Promise<void>} end
 */

/**
 * @param {readonly string[]} command
 * @param {{columns: number, rows: number}} size
 * @param {(chunk: string) => void} [heard] told of all that the command writes
 * @returns {PseudoTerminal}
 */
export function openPseudoTerminal(command, {columns, rows}, heard = () => undefined) {
  const home = mkdtempSync(path.join(tmpdir(), 'walltime-bench-'));
  const pidFile = path.join(home, 'pid');
  const words = command.map(word => `'${word}'`).join(' ');
  const line = `stty cols ${columns} rows ${rows}; echo $$ > ${pidFile}; exec ${words}`;
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {...process.env, NO_COLOR: '1', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'},
  });
  let drawn = '';
  let finished = false;
  /** @type {(() => void) | null} */
  let awake = null;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', chunk => {
    drawn += chunk;
    heard(chunk);
    awake?.();
  });
  const ended = new Promise(resolve => child.on('close', resolve));
  ended.then(() => {
    finished = true;
    awake?.();
  });
  return {
    send: keys => void child.stdin.write(keys),
    async until(test, milliseconds = 60_000) {
      const latest = performance.now() + milliseconds;
      for (;;) {
        const whole = drawn.lastIndexOf(endOfPicture);
        if (whole !== -1 && test(drawn.slice(0, whole).replaceAll(escapes, ''))) {
          const now = performance.now();
          drawn = drawn.slice(whole + endOfPicture.length);
          return now;
        }
        const left = latest - performance.now();
        if (finished || left <= 0)
          throw new Error(`never drawn: ${drawn.replaceAll(escapes, '').slice(-2000)}`);
        await new Promise(resolve => {
          const timer = setTimeout(resolve, left);
          awake = () => {
            clearTimeout(timer);
            resolve(undefined);
          };
        });
      }
    },
    pid: () => Number(readFileSync(pidFile, 'utf8')),
    async end() {
      child.stdin.write('\u0003');
      await ended;
      rmSync(home, {recursive: true});
    },
  };
}

/** Seconds of CPU that a process took so far, with all its threads. @param {number} pid */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory of a process, bytes. @param {number} pid */
export function residentBytes(pid) {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
