/** Signals that end a process in a terminal, and the status that a shell sees. */
const endings = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

export interface WaysOut {
  /** Before the process ends, whichever way: must be quick and must not fail. */
  readonly restore: () => void;
  /** A signal asks to end with a status. */
  readonly ended: (status: number) => void;
  readonly crashed: (error: unknown) => void;
  /** Continued after a stop: the terminal may have been used by others. */
  readonly continued: () => void;
}

/** Watches every way out of the process; the result takes the watches away. */
export function watchWaysOut({restore, ended, crashed, continued}: WaysOut): () => void {
  const handlers = Object.entries(endings).map(([signal, status]) => {
    const handler = () => ended(status);
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  process.on('exit', restore);
  process.on('uncaughtException', crashed);
  process.on('unhandledRejection', crashed);
  process.on('SIGCONT', continued);
  return () => {
    for (const remove of handlers) remove();
    process.off('exit', restore);
    process.off('uncaughtException', crashed);
    process.off('unhandledRejection', crashed);
    process.off('SIGCONT', continued);
  };
}
