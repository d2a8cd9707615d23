/** A month, counted from the year 0: releases and rules are compared by it. */
export type Month = number & {readonly __unit: 'month'};

/** The month of `2025-12`. Throws for other text: months stand in source files. */
export function month(text: string): Month {
  const match = /^(\d{4})-(\d{2})$/.exec(text);
  if (match === null) throw new Error(`${text} is not a month, such as 2025-12`);
  return (Number(match[1]) * 12 + Number(match[2]) - 1) as Month;
}

/** A release of a framework: its version as people write it, and the month it came out. */
export interface Release {
  readonly version: string;
  readonly month: Month;
}

/** A stretch of months, open where an end is left out. */
export interface Validity {
  /** First month with it. */
  readonly since?: Month;
  /** First month without it. */
  readonly until?: Month;
}

export function isInForce({since, until}: Validity, at: Month): boolean {
  return (since === undefined || at >= since) && (until === undefined || at < until);
}

/**
 * The month of a release that a plan names, by its version or by a month (its newest release of that month).
 *
 * @returns null where the framework has no release of that name, or none so early
 */
export function releaseMonth(releases: readonly Release[], name: string): Month | null {
  const stated = releases.find(({version}) => version === name.replace(/^v/, ''));
  if (stated !== undefined) return stated.month;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(name)) return null;
  return month(name);
}
