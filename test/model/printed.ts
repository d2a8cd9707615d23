const units: Readonly<Record<string, number>> = {M: 1e6, B: 1e9, T: 1e12};

interface Printed {
  readonly value: number;
  /** Value of one in the last printed digit. */
  readonly step: number;
}

function parsePrinted(printed: string | number): Printed {
  const [digits = '', unit] = String(printed).split(' ');
  const scale = unit === undefined ? 1 : (units[unit] ?? Number.NaN);
  const decimals = digits.split('.')[1]?.length ?? 0;
  return {value: Number(digits) * scale, step: scale * 10 ** -decimals};
}

/** `count` rounds to what a person printed: `174.6 B`, `22 B`, `8030261248`. */
export function isPrinted(count: number, printed: string | number): boolean {
  const {value, step} = parsePrinted(printed);
  return Math.abs(count - value) <= step / 2;
}

/** The same where the printed figure may have been rounded in either direction, as active parameters are. */
export function isPrintedRoughly(count: number, printed: string | number): boolean {
  const {value, step} = parsePrinted(printed);
  return Math.abs(count - value) < step;
}
