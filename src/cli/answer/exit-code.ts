/** Exit status of the program; scripts rely on it. */
export const exitCodes = {
  done: 0,
  /** No plan fits in memory and meets its goal. */
  noPlan: 1,
  badInput: 2,
  /** The user ended the search: 128 and the number of SIGINT. */
  interrupted: 130,
  /** A mistake of ours. */
  internal: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
