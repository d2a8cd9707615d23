const prefixes: Record<string, number> = {'': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, u: 1e-6, m: 1e-3};

/** A quantity in base units; other text as it is. Independent of the product's own parser, so that one checks the other. */
export function baseUnits(text: string): string {
  const match = /^([\d.]+) (?:(Ki|Mi|Gi)B|([kMGTum]?)(B\/s|bit\/s|FLOP\/s|B|s|W))$/.exec(text);
  if (match === null) return text;
  const [, number, binary, prefix = '', unit = ''] = match;
  if (binary !== undefined)
    return `${Number(number) * 2 ** (10 * (['Ki', 'Mi', 'Gi'].indexOf(binary) + 1))} B`;
  const value = (Number(number) * (prefixes[prefix] ?? Number.NaN)) / (unit === 'bit/s' ? 8 : 1);
  return `${value.toPrecision(12)} ${unit.replace('bit', 'B')}`;
}
