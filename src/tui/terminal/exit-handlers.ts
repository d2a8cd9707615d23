/** Signals that end a process in a terminal, and the exit status that a shell reports for each. */
const endingSignals = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

export interface ExitHandlers {
  /** Runs before the process ends in any way; must be quick and must not fail. */
  readonly restore: () => void;
  /** A signal asks to end with `status`. */
  readonly ended: (status: number) => void;
  readonly crashed: (error: unknown) => void;
  /** The process continues after a stop, during which others may have used the terminal. */
  readonly continued: () => void;
}

/** Installs the handlers. @returns a function that removes them */
export function installExitHandlers({restore, ended, crashed, continued}: ExitHandlers): () => void {
  const removers = Object.entries(endingSignals).map(([signal, status]) => {
    const handler = () => ended(status);
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  process.on('exit', restore);
  process.on('uncaughtException', crashed);
  process.on('unhandledRejection', crashed);
  process.on('SIGCONT', continued);
  return () => {
    for (const remove of removers) remove();
    process.off('exit', restore);
    process.off('uncaughtException', crashed);
    process.off('unhandledRejection', crashed);
    process.off('SIGCONT', continued);
  };
}
