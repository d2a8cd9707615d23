import {spawn} from 'node:child_process';
import {inRepository} from './repository.mjs';

/**
 * What a command of walltime answered.
 *
 * @typedef {object} Answer
 * @property {number | null} status
 * @property {string} stdout
 * @property {string} stderr
 */

/** As many at a time as a small machine has cores. */
const atOnce = 2;

/** @type {Map<string, Promise<Answer>>} */
const answers = new Map();
/** @type {(() => void)[]} */
const waiting = [];
let running = 0;

/**
 * Runs dist/cli.js as it would run in a terminal of 80 columns without colour. The answer depends on
 * the arguments alone, so each command runs once.
 *
 * @param {readonly string[]} args
 * @returns {Promise<Answer>}
 */
export function runWalltime(args) {
  const key = JSON.stringify(args);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = runInTurn(args);
  answers.set(key, answer);
  return answer;
}

/**
 * The JSON document that a command printed.
 *
 * @param {readonly string[]} args
 */
export async function walltimeJson(args) {
  const {status, stdout, stderr} = await runWalltime([...args, '--json']);
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`walltime ${args.join(' ')} ended with ${status}: ${stderr}`, {cause});
  }
}

/** @param {readonly string[]} args */
async function runInTurn(args) {
  while (running >= atOnce) await new Promise(resolve => waiting.push(() => resolve(null)));
  running += 1;
  try {
    return await run(args);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<Answer>}
 */
function run(args) {
  return new Promise((resolve, reject) => {
    const env = {...process.env, COLUMNS: '80', LC_ALL: 'C.UTF-8', NO_COLOR: '1'};
    const child = spawn(process.execPath, [inRepository('dist/cli.js'), ...args], {
      cwd: inRepository(),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', chunk => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', chunk => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', status => resolve({status, stdout, stderr}));
  });
}
