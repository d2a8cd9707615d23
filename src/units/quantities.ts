/**
 * Quantities as branded numbers in base units: bytes, seconds, FLOP, watts, US dollars.
 *
 * A brand costs nothing at run time; it keeps a signature from being called with the wrong unit.
 * Inside a formula plain numbers are used, and the result is branded where it leaves the function.
 */

export type Bytes = number & {readonly __unit: 'bytes'};
export type Seconds = number & {readonly __unit: 'seconds'};
/** A count of floating-point operations; a multiply-add counts as two. */
export type Flop = number & {readonly __unit: 'FLOP'};
export type FlopPerSecond = number & {readonly __unit: 'FLOP/s'};
export type BytesPerSecond = number & {readonly __unit: 'bytes/s'};
export type Watts = number & {readonly __unit: 'watts'};
export type Usd = number & {readonly __unit: 'USD'};
export type UsdPerSecond = number & {readonly __unit: 'USD/s'};

export const bytes = (n: number): Bytes => n as Bytes;
export const seconds = (n: number): Seconds => n as Seconds;
export const flop = (n: number): Flop => n as Flop;
export const flopPerSecond = (n: number): FlopPerSecond => n as FlopPerSecond;
export const bytesPerSecond = (n: number): BytesPerSecond => n as BytesPerSecond;
export const watts = (n: number): Watts => n as Watts;
export const usd = (n: number): Usd => n as Usd;
export const usdPerSecond = (n: number): UsdPerSecond => n as UsdPerSecond;
