import type {Figure, HardwareProfile} from '../../cluster/hardware-profile.js';
import type {Problem} from '../problem.js';
import {check} from '../schema/check.js';
import {type HardwareFields, hardwareSchema} from '../schema/hardware-schema.js';
import {stacksFileSchema} from '../schema/stack-schema.js';
import {locateFinding, parseSource, type Source} from '../source.js';
import {collectFigures} from './figures.js';
import {hardwareFindings, makeHardware} from './make-hardware.js';
import {resolveStacks, type StacksByName} from './resolve-stacks.js';

export type HardwareRead = {readonly profile: HardwareProfile} | {readonly problems: readonly Problem[]};

/** A text with the name of the file that it came from. */
export interface FileText {
  readonly path: string;
  readonly text: string;
}

/** Reads the text of a profile; `stacks` is the file of the stacks that every machine can run. */
export async function readHardwareText(file: FileText, stacks: FileText): Promise<HardwareRead> {
  const [own, shared] = await Promise.all([readProfile(file), readStacks(stacks)]);
  if (!('fields' in own) || !('stacks' in shared)) {
    return {problems: [own, shared].flatMap(read => ('problems' in read ? read.problems : []))};
  }
  const resolved = resolveStacks(shared.stacks, own.fields.software ?? {}, shared.fitted);
  if ('findings' in resolved) {
    const findings = resolved.findings.map(finding => ({...finding, path: ['software', ...finding.path]}));
    return {problems: findings.map(finding => locateFinding(own.source, finding))};
  }
  const profile = {...makeHardware(own.fields), software: resolved.software};
  return {profile: {...profile, figures: [...own.figures, ...shared.figures]}};
}

interface Failed {
  readonly problems: readonly Problem[];
}

interface OwnFile {
  readonly source: Source;
  readonly fields: HardwareFields;
  readonly figures: readonly Figure[];
}

interface StacksFile {
  readonly stacks: StacksByName;
  readonly fitted: StacksByName;
  readonly figures: readonly Figure[];
}

async function readProfile({path, text}: FileText): Promise<OwnFile | Failed> {
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const checked = await check(hardwareSchema, read.value);
  const findings = 'findings' in checked ? checked.findings : hardwareFindings(checked.value);
  if ('findings' in checked || findings.length > 0) {
    return {problems: findings.map(finding => locateFinding(read.source, finding))};
  }
  const figures = collectFigures(read.value, [], checked.value.sources ?? {});
  return {source: read.source, fields: checked.value, figures};
}

async function readStacks({path, text}: FileText): Promise<StacksFile | Failed> {
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const checked = await check(stacksFileSchema, read.value);
  if ('findings' in checked) {
    return {problems: checked.findings.map(finding => locateFinding(read.source, finding))};
  }
  const {stacks, fitted = {}, sources} = checked.value;
  const figures = collectFigures(read.value, [], sources ?? {});
  // They stand under `stacks` in their own file, and under `software` in a profile.
  const renamed = figures.map(figure => ({...figure, path: figure.path.replace(/^stacks\./, 'software.')}));
  return {stacks, fitted, figures: renamed};
}
