import {readFileSync} from 'node:fs';
import {inProfiles} from './presets.js';

/** The script that measures a machine, as it is written for this release of the program. */
export function benchmarkScript(version: string): string {
  return readFileSync(inProfiles('benchmark/measure.py'), 'utf8').replace('@version@', version);
}
