import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {collectFigures, withFullSources} from '../figures.js';
import type {Frameworks} from '../frameworks/framework-data.js';
import type {StacksByName} from '../frameworks/resolve-stacks.js';
import type {Problem} from '../problem.js';
import type {FileText} from '../read-text.js';
import {check} from '../schema/check.js';
import {hardwareSchema, machineSchema} from '../schema/hardware-schema.js';
import {type Finding, locateFinding, parseSource, type Source} from '../source.js';
import {hardwareFindings, makeHardware} from './make-hardware.js';
import type {PartFacts, PartLibrary} from './parts.js';
import {resolveParts} from './resolve-parts.js';
import {type Machine, withFrameworks} from './with-frameworks.js';

export type MachineRead =
  | {
      readonly machine: Machine;
      /** Stacks in the machine's own file. */
      readonly own: StacksByName;
      readonly source: Source;
    }
  | {readonly problems: readonly Problem[]};

/** What profiles refer to. */
export interface ProfileContext {
  readonly frameworks: Frameworks;
  readonly parts: PartLibrary;
}

/** Reads the text of a profile. */
export async function readHardwareText(
  file: FileText,
  {frameworks, parts}: ProfileContext,
): Promise<{readonly profile: HardwareProfile} | {readonly problems: readonly Problem[]}> {
  const read = await readMachineText(file, parts);
  if ('problems' in read) return read;
  const made = withFrameworks(read.machine, frameworks, read.own);
  if ('profile' in made) return made;
  const findings = made.findings.map(finding => ({...finding, path: ['software', ...finding.path]}));
  return {problems: findings.map(finding => locateFinding(read.source, finding))};
}

/** Reads the text of a profile with the parts that it names, and without its frameworks. */
export async function readMachineText({path, text}: FileText, parts: PartLibrary): Promise<MachineRead> {
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const {source} = read;
  const failed = (findings: readonly Finding[]) => ({
    problems: findings.map(finding => locateFinding(source, finding)),
  });
  const stated = await check(machineSchema, read.value);
  if ('findings' in stated) return failed(stated.findings);
  const resolved = await resolveParts(withFullSources(read.value as PartFacts), parts);
  if ('problems' in resolved) return resolved;
  if ('findings' in resolved) return failed(resolved.findings);
  const {facts, placeOf} = resolved;
  const checked = await check(hardwareSchema, facts);
  const findings = 'findings' in checked ? checked.findings : hardwareFindings(checked.value);
  if ('findings' in checked || findings.length > 0) {
    return failed(findings.map(finding => ({...finding, path: placeOf(finding.path)})));
  }
  const figures = collectFigures(facts, [], {});
  const {software = {}} = checked.value;
  return {machine: {...makeHardware(checked.value), figures}, own: software, source};
}
