/**
 * The kinds of quantity that plans and profiles hold, each with the base unit that the rest of the
 * code computes in. Parsing, the JSON schemas and error messages all read this table.
 */
export interface Dimension {
  /** With its article, as in "25 GB/s is a bandwidth". */
  readonly noun: string;
  /** Unit of a bare number; empty for counts and fractions. */
  readonly unit: string;
  /** How a person writes one. */
  readonly example: string;
}

export const dimensions = {
  count: {noun: 'a count', unit: '', example: '300 B'},
  fraction: {noun: 'a fraction', unit: '', example: '0.85'},
  time: {noun: 'a time', unit: 's', example: '30 days'},
  bytes: {noun: 'a size in bytes', unit: 'B', example: '64 GiB'},
  bandwidth: {noun: 'a bandwidth', unit: 'B/s', example: '25 GB/s'},
  flop: {noun: 'an amount of FLOP', unit: 'FLOP', example: '1e24 FLOP'},
  flopRate: {noun: 'a FLOP rate', unit: 'FLOP/s', example: '989 TFLOP/s'},
  power: {noun: 'a power', unit: 'W', example: '700 W'},
  energy: {noun: 'an energy', unit: 'J', example: '1.5 GWh'},
  money: {noun: 'an amount of money', unit: 'USD', example: '2e6 USD'},
  price: {noun: 'a price per time', unit: 'USD/s', example: '$2.5/hour'},
  energyPrice: {noun: 'a price of energy', unit: 'USD/J', example: '0.08 USD/kWh'},
  carbonIntensity: {noun: 'a carbon intensity', unit: 'kg/J', example: '400 g/kWh'},
} as const satisfies Record<string, Dimension>;

export type DimensionName = keyof typeof dimensions;
