import {markdownTable} from './markdown-table.mjs';
import {runWalltime} from './run-walltime.mjs';

/** What `walltime export --to` writes, as its help has it. */
export async function exportTargetTable() {
  const {stdout} = await runWalltime(['export', '--help']);
  const [, after = ''] = stdout.split('\nTargets:\n');
  const [lines = ''] = after.split('\n\n');
  const rows = lines.split('\n').map(line => {
    const [, name = '', summary = ''] = /^ {2}(\S+) +(.*)$/.exec(line) ?? [];
    return [`\`${name}\``, summary];
  });
  return markdownTable([{title: 'target'}, {title: 'writes'}], rows);
}
