/** Progress of a long computation, on one line of standard error that is cleared at the end. */
export interface Progress {
  update(done: number, total: number): void;
  finish(): void;
}

const patienceMilliseconds = 1000;
const betweenUpdates = 100;

/** Silent for the first second, and where the standard error is no terminal. */
export function makeProgress(what: string): Progress {
  const {stderr} = process;
  const start = performance.now();
  let last = start + patienceMilliseconds - betweenUpdates;
  let shown = false;
  return {
    update(done, total) {
      const now = performance.now();
      if (stderr.isTTY !== true || now - last < betweenUpdates) return;
      last = now;
      shown = true;
      stderr.write(`\r${what}: ${Math.floor((100 * done) / total)} %`);
    },
    finish() {
      if (shown) stderr.write(`\r${' '.repeat(what.length + 7)}\r`);
    },
  };
}
