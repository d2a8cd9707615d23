/** What the name of an accelerator says: "NVIDIA A100-SXM4-80GB" is an a100 with 80 GB on a module. */
export interface PartName {
  readonly chip: string;
  /** GB; null: not stated. */
  readonly memory: number | null;
  /** Module or card; null: not stated. */
  readonly form: string | null;
}

/** Makers, families and what else stands around the name of a chip. */
const around = new Set(
  'nvidia amd intel google cloud data center huawei instinct tesla habana geforce gpu gpus gcd tensor core accelerator ascend dgx hgx'.split(
    ' ',
  ),
);

/** Reads a name as a data sheet, a driver or a cloud spells it. */
export function partName(text: string): PartName {
  let memory: number | null = null;
  let form: string | null = null;
  const chip: string[] = [];
  const words = text
    .toLowerCase()
    .replace(/\(.*?\)/g, ' ')
    .replace(/^\s*\d+\s*x\s+|^\s*\d+x(?=[a-z])/, ' ')
    .replace(/(sxm|pcie|oam)/g, ' $1')
    .replace(/(\d+) *g(i?b)\b/g, ' $1gb ')
    .split(/[^a-z0-9.]+/);
  for (const word of words) {
    const size = /^(\d+)gb?$/.exec(word)?.[1];
    const module = /^(sxm|pcie|oam)\d?$/.exec(word)?.[1];
    if (size !== undefined) memory = Number(size);
    else if (module !== undefined) form = module;
    else if (word === '' || around.has(word) || /^hbm\d?e?$/.test(word)) continue;
    // Racks of superchips are named for the links in them.
    else if (!/^nvl\d\d+$/.test(word)) chip.push(word);
  }
  return {chip: chip.join(''), memory, form};
}

/** Whether two names can mean one part: neither states what the other contradicts. */
export function namesAgree(one: PartName, other: PartName): boolean {
  const agree = <Value>(a: Value | null, b: Value | null) => a === null || b === null || a === b;
  return one.chip === other.chip && agree(one.memory, other.memory) && agree(one.form, other.form);
}
