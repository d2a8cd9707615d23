import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {collectFigures} from '../figures.js';
import type {Frameworks} from '../frameworks/framework-data.js';
import type {StacksByName} from '../frameworks/resolve-stacks.js';
import type {Problem} from '../problem.js';
import type {FileText} from '../read-text.js';
import {check} from '../schema/check.js';
import {hardwareSchema} from '../schema/hardware-schema.js';
import {locateFinding, parseSource, type Source} from '../source.js';
import {hardwareFindings, makeHardware} from './make-hardware.js';
import {type Machine, withFrameworks} from './with-frameworks.js';

export type MachineRead =
  | {
      readonly machine: Machine;
      /** Stacks in the machine's own file. */
      readonly own: StacksByName;
      readonly source: Source;
    }
  | {readonly problems: readonly Problem[]};

/** Reads the text of a profile. */
export async function readHardwareText(
  file: FileText,
  frameworks: Frameworks,
): Promise<{readonly profile: HardwareProfile} | {readonly problems: readonly Problem[]}> {
  const read = await readMachineText(file);
  if ('problems' in read) return read;
  const made = withFrameworks(read.machine, frameworks, read.own);
  if ('profile' in made) return made;
  const findings = made.findings.map(finding => ({...finding, path: ['software', ...finding.path]}));
  return {problems: findings.map(finding => locateFinding(read.source, finding))};
}

/** Reads what the text of a profile states by itself. */
export async function readMachineText({path, text}: FileText): Promise<MachineRead> {
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const checked = await check(hardwareSchema, read.value);
  const findings = 'findings' in checked ? checked.findings : hardwareFindings(checked.value);
  if ('findings' in checked || findings.length > 0) {
    return {problems: findings.map(finding => locateFinding(read.source, finding))};
  }
  const {software = {}, sources = {}} = checked.value;
  const figures = collectFigures(read.value, [], sources);
  return {machine: {...makeHardware(checked.value), figures}, own: software, source: read.source};
}
