import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {inRepository} from './repository.mjs';

const program = `import {estimateRun, formatProblem, readPlan, searchLayouts} from 'walltime';

const read = await readPlan('plans/frontier-175b.yaml');
if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\\n'));
const best = searchLayouts(read.plan).best;
if (best) {
  const {tensor, pipeline, data} = best.layout;
  const {seconds} = estimateRun(read.plan, best.estimate);
  console.log({tensor, pipeline, data, days: Math.round(seconds.p50 / 86400)});
}`;

/** A program that uses the library, and what it prints. */
export async function libraryExample() {
  // The repository is the package walltime to a program that runs in it.
  const node = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: inRepository(),
    env: {...process.env, NO_COLOR: '1'},
  });
  const {stdout} = await node;
  return ['```js', program, '```', '```text', stdout.trimEnd(), '```'].join('\n');
}
