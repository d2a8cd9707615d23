import {walltimeJson} from './run-walltime.mjs';

/** Names of the machines and models that ship with walltime. */
export async function shippedFiles() {
  const [{hardware}, {models}] = await Promise.all([
    walltimeJson(['hardware', 'list']),
    walltimeJson(['model', 'list']),
  ]);
  return [
    `**${hardware.length} machines** in \`hardware-profiles/\`: ${namesOf(hardware)}.`,
    '',
    modelLine(models),
  ].join('\n');
}

/**
 * Families of the public models with the number of each, and the number of those of measured tables.
 *
 * @param {readonly {readonly family: string, readonly measured: boolean}[]} models
 */
function modelLine(models) {
  const published = models.filter(({measured}) => !measured);
  /** @type {Map<string, number>} */
  const families = new Map();
  for (const {family} of published) families.set(family, (families.get(family) ?? 0) + 1);
  const list = [...families].map(([family, count]) => (count === 1 ? family : `${family} (${count})`));
  return [
    `**${published.length} models** of ${families.size} families in \`plans/models/families/\`: ${list.join(', ')};`,
    `and ${models.length - published.length} of measured tables in \`plans/models/measured/\`.`,
    '`walltime model list` shows them all.',
  ].join(' ');
}

/** @param {readonly {readonly name: string}[]} entries */
function namesOf(entries) {
  return entries.map(({name}) => name).join(', ');
}
