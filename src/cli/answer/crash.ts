/**
 * Report of an internal error.
 *
 * @param debug the user asked for the stack trace
 */
export function crashLines(error: unknown, debug: boolean): string[] {
  const message = error instanceof Error ? error.message : String(error);
  return [
    `walltime: internal error: ${message.replaceAll(/\s+/g, ' ')}`,
    'This is a mistake of walltime, not yours: please report it with the command and its files.',
    ...(debug ? [] : ['WALLTIME_DEBUG=1 shows where it happened.']),
    ...(debug && error instanceof Error && error.stack !== undefined ? [error.stack] : []),
  ];
}
