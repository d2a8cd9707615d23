/** Makers, families and other words around the name of a chip that are the same for all its parts. */
const around = new Set(
  'nvidia amd intel google cloud data center huawei instinct tesla habana geforce gpu gpus tensor core accelerator ascend dgx hgx'.split(
    ' ',
  ),
);

/**
 * One spelling of a hardware name, for comparison: "NVIDIA A100-SXM4-80GB" and "A100 80GB SXM" are both `a100 80 sxm`.
 * Chip, memory in GB and module or card come in this order; what stands in parentheses is left out.
 */
export function partKey(text: string): string {
  let memory = '';
  let form = '';
  const chip: string[] = [];
  const words = withoutCount(text)
    .toLowerCase()
    .replace(/\(.*?\)/g, ' ')
    .replace(/(sxm|pcie|oam)/g, ' $1')
    .replace(/(\d+) *g(i?b)\b/g, ' $1gb ')
    .split(/[^a-z0-9.]+/);
  for (const word of words) {
    const size = /^(\d+)gb?$/.exec(word)?.[1];
    const module = /^(sxm|pcie|oam)\d?$/.exec(word)?.[1];
    if (size !== undefined) memory = size;
    else if (module !== undefined) form = module;
    else if (word === '' || around.has(word) || /^hbm\d?e?$/.test(word)) continue;
    // Racks of superchips are named for the links in them.
    else if (!/^nvl\d\d+$/.test(word)) chip.push(word);
  }
  return `${chip.join('')} ${memory} ${form}`;
}

const before = /^\s*(\d+)\s*[x*]\s*(?=[a-z])/i;
const after = /\s+[x*]\s*(\d+)\s*$/i;

function withoutCount(text: string): string {
  return text.replace(before, '').replace(after, '');
}

/** Devices that a name counts, as in "8x H100" or "H100 x8"; null where it counts none. */
export function countInName(text: string): number | null {
  const count = before.exec(text)?.[1] ?? after.exec(text)?.[1];
  return count === undefined ? null : Number(count);
}

/** TensorCores of one chip, for the generations of TPU whose slices are named by them. */
const coresPerChip = 2;

/** Whether a name stands for slices of any size, such as `v5p-{cores}`. */
export function isSlicePattern(name: string): boolean {
  return /\{(chips|cores)\}$/.test(name);
}

/**
 * Devices of a slice that is named after a pattern: "v5p-512" after `v5p-{cores}` has 256, "v5litepod-256" after
 * `v5litepod-{chips}` has 256; null where the name does not follow the pattern.
 */
export function devicesOfSlice(pattern: string, text: string): number | null {
  const [prefix = '', unit] = pattern.split(/\{(chips|cores)\}$/);
  const name = text.trim().toLowerCase();
  if (unit === undefined || !name.startsWith(prefix.toLowerCase())) return null;
  const number = name.slice(prefix.length);
  if (!/^\d{1,6}$/.test(number)) return null;
  return Number(number) / (unit === 'cores' ? coresPerChip : 1);
}
