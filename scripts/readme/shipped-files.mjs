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
    `**${models.length} models** in \`plans/models/\`: ${namesOf(models)}.`,
  ].join('\n');
}

/** @param {readonly {readonly name: string}[]} entries */
function namesOf(entries) {
  return entries.map(({name}) => name).join(', ');
}
