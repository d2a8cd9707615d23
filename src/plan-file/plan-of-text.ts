import type {CountedDevices} from '../calibration/match-hardware.js';
import type {HardwareProfile} from '../cluster/hardware-profile.js';
import {devicesPerNode} from '../cluster/topology.js';
import type {Transformer} from '../model/transformer.js';
import type {Plan} from '../plan/plan.js';
import type {PlanVariants} from '../plan/variant.js';
import {chosenStack, type StatedSoftware} from './chosen-stack.js';
import {lossChoice, lossFindings} from './findings/loss-findings.js';
import {machineFindings, planFindings} from './findings/plan-findings.js';
import {overrideHardware, overrideSoftware} from './hardware/override-hardware.js';
import {type FabricRead, type StatedFabric, withFabric} from './hardware/with-fabric.js';
import {makePlan} from './make-plan.js';
import {makeTransformer} from './models/make-transformer.js';
import {modelFindings} from './models/model-findings.js';
import {type PathSegment, type Problem, sortProblems} from './problem.js';
import {check} from './schema/check.js';
import {type PlanFields, planSchema} from './schema/plan-schema.js';
import {withWholeBatches} from './schema/whole-batches.js';
import {type Finding, locateFinding, parseSource, type Source} from './source.js';
import {makeVariants, withStatedSize} from './variants/make-variants.js';
import {openedHardware} from './variants/opened-values.js';
import type {ProfiledHardware} from './variants/variant-fields.js';

export type PlanRead = ReadPlan | {readonly problems: readonly Problem[]};

/** A plan with the profile and the file that it came from. */
export interface ReadPlan {
  /** As stated; a size of the cluster that only the search opens is its first value. */
  readonly plan: Plan;
  /** Variants that the search section opens. */
  readonly space: PlanVariants;
  /** The profile as its file has it, on the plan's fabric and before its own price and overrides. */
  readonly hardware: HardwareProfile;
  readonly source: Source;
  /** Content of the file by key. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Measured step of the plan; null: not specified. */
  readonly measured: MeasuredStep | null;
}

export interface MeasuredStep {
  readonly stepSeconds: number;
  readonly allocatedBytes: number | null;
  readonly reservedBytes: number | null;
}

/** A model or a profile that a plan names, the problems of its file, or why the name leads nowhere. */
export type Named<Profile> =
  | {
      readonly profile: Profile;
      /** Devices that the name of a machine counts; absent or null: none. */
      readonly count?: CountedDevices | null;
    }
  | {readonly problems: readonly Problem[]}
  | {readonly message: string; readonly hint: string};

/** Finds what a plan names; `path` is that of the plan, where relative paths start. */
export interface PlanNames {
  readonly model: (name: string, path: string) => Promise<Named<{readonly model: Transformer}>>;
  readonly hardware: (name: string, path: string) => Promise<Named<HardwareProfile>>;
  /** A network that a plan states by its speed, with the path of its kind in the plan; absent: none is known. */
  readonly fabric?: (stated: StatedFabric, path: readonly PathSegment[]) => Promise<FabricRead>;
}

/** Reads the text of a plan without any file. */
export async function planOfText(path: string, text: string, names: PlanNames): Promise<PlanRead> {
  const read = parseSource(path, text);
  return 'source' in read
    ? planOfValue(read.source, read.value, {names, before: read.problems})
    : {problems: sortProblems(read.problems)};
}

/**
 * Reads the plain value of a plan.
 *
 * @param source where its parts stand, for problems
 */
export async function planOfValue(
  source: Source,
  value: unknown,
  {
    names: {model: modelNamed, hardware: hardwareNamed, fabric: fabricNamed = noFabric},
    before,
  }: {readonly names: PlanNames /** Problems that are known already. */; readonly before: readonly Problem[]},
): Promise<PlanRead> {
  const names = namesIn(value);
  const hardware = await follow(source, ['cluster', 'hardware'], names.hardware, hardwareNamed);
  const [stated, model, opened] = await Promise.all([
    check(planSchema, withCountedSize(value, hardware.count)),
    follow(source, ['model'], names.model, modelNamed),
    Promise.all(
      names.opened.map((name, i) => follow(source, ['search', 'hardware', i], name, hardwareNamed)),
    ),
  ]);
  const checked = 'findings' in stated ? stated : {value: withWholeBatches(stated.value)};
  const findings = [
    ...('findings' in checked ? checked.findings : await fieldFindings(checked.value.fields)),
    ...(hardware.profile === null ? [] : stackFindings(names.software, hardware.profile)),
    ...('findings' in checked || hardware.profile === null
      ? []
      : sliceFindings(checked.value.fields, hardware.profile, hardware.count)),
  ];
  const found = findings.map(finding => locateFinding(source, finding));
  const problems = [...before, ...found, ...model.problems, ...hardware.problems];
  problems.push(...opened.flatMap(({problems: own}) => own));
  if (problems.length > 0 || 'findings' in checked || hardware.profile === null) {
    return {problems: sortProblems(problems)};
  }
  const fields = withStatedSize(checked.value.fields);
  const fabric = await statedFabric(fields, fabricNamed);
  if ('findings' in fabric) {
    return {problems: sortProblems(fabric.findings.map(finding => locateFinding(source, finding)))};
  }
  if ('problems' in fabric) return fabric;
  return assemble(source, fields, model.profile?.model ?? null, {
    hardware: fabric.on(hardware.profile),
    profiles: opened.map(({profile}) => profile && fabric.on(profile)),
    assumptions: checked.value.assumptions,
  });
}

const noFabric: NonNullable<PlanNames['fabric']> = async (_, path) => ({
  findings: [{path, at: 'key', message: 'is not known here', hint: 'state the topology under override'}],
});

type StatedNetwork =
  | {readonly on: (profile: HardwareProfile) => HardwareProfile}
  | {readonly findings: readonly Finding[]}
  | {readonly problems: readonly Problem[]};

/** The network that a plan states for its machines, or that of each profile. */
async function statedFabric(
  {cluster: {fabric}}: PlanFields,
  fabricNamed: NonNullable<PlanNames['fabric']>,
): Promise<StatedNetwork> {
  const [stated] = Object.entries(fabric ?? {});
  if (stated === undefined) return {on: profile => profile};
  const [kind, bandwidth] = stated;
  const read = await fabricNamed({kind, bandwidth}, ['cluster', 'fabric', kind]);
  return 'levelOn' in read ? {on: profile => withFabric(profile, read.levelOn(profile))} : read;
}

/** The plan with the devices that the name of its hardware counts, where it states no size of its own. */
function withCountedSize(plan: unknown, count: CountedDevices | null): unknown {
  const cluster = valueAt(plan, 'cluster');
  const search = valueAt(plan, 'search');
  const sizes = ['nodes', 'devices'];
  const isSized = sizes.some(
    key => valueAt(cluster, key) !== undefined || valueAt(search, key) !== undefined,
  );
  if (count === null || isSized) return plan;
  return {...(plan as object), cluster: {...(cluster as object), devices: count.devices}};
}

/** A slice that a name gives its size is stated with another one. */
function sliceFindings(
  {cluster}: PlanFields,
  {name, topology}: HardwareProfile,
  count: CountedDevices | null,
): Finding[] {
  if (count === null || !count.isSlice) return [];
  const {nodes, devices = (nodes ?? 0) * devicesPerNode(topology)} = cluster;
  if (devices === 0 || devices === count.devices) return [];
  const message = `is ${devices} devices, but ${cluster.hardware} is a slice of ${count.devices} chips`;
  const hint = `take it out, or write hardware: ${name}`;
  return [{path: ['cluster', nodes === undefined ? 'devices' : 'nodes'], at: 'value', message, hint}];
}

interface Followed<Profile> {
  readonly profile: Profile | null;
  readonly count: CountedDevices | null;
  readonly problems: readonly Problem[];
}

/** What the plan names at `path`; a name that leads nowhere is a problem of the plan. */
async function follow<Profile>(
  source: Source,
  path: readonly PathSegment[],
  name: string | null,
  find: (name: string, path: string) => Promise<Named<Profile>>,
): Promise<Followed<Profile>> {
  const failed = (problems: readonly Problem[]) => ({profile: null, count: null, problems});
  if (name === null) return failed([]);
  const found = await find(name, source.path);
  if ('message' in found) return failed([locateFinding(source, {path, at: 'value', ...found})]);
  if ('problems' in found) return failed(found.problems);
  return {profile: found.profile, count: found.count ?? null, problems: []};
}

/** Names referenced by the plan, read leniently so that they resolve even if other fields are invalid. */
function namesIn(plan: unknown) {
  const cluster = valueAt(plan, 'cluster');
  const opened = valueAt(valueAt(plan, 'search'), 'hardware');
  const name = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return {
    model: name(valueAt(plan, 'model')),
    hardware: name(valueAt(cluster, 'hardware')),
    software: softwareIn(valueAt(cluster, 'software')),
    opened: Array.isArray(opened) ? opened.map(item => name(item) ?? name(valueAt(item, 'name'))) : [],
  };
}

/** What a plan states of its software, where the statement is of the right kind. */
function softwareIn(stated: unknown): StatedSoftware {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const name = text(stated) ?? text(valueAt(stated, 'name'));
  if (name === undefined || typeof stated === 'string') return name;
  const release = text(valueAt(stated, 'release'));
  const recipe = text(valueAt(stated, 'recipe'));
  return {name, ...(release === undefined ? {} : {release}), ...(recipe === undefined ? {} : {recipe})};
}

function stackFindings(stated: StatedSoftware, hardware: HardwareProfile): readonly Finding[] {
  const chosen = chosenStack(stated, hardware);
  return 'findings' in chosen ? chosen.findings : [];
}

function valueAt(map: unknown, key: string): unknown {
  return typeof map === 'object' && map !== null && Object.hasOwn(map, key)
    ? Reflect.get(map, key)
    : undefined;
}

async function fieldFindings(fields: PlanFields): Promise<Finding[]> {
  const inline = typeof fields.model === 'string' ? [] : modelFindings(fields.model);
  return [
    ...planFindings(fields),
    ...(await lossFindings(fields.loss)),
    ...inline.map(finding => ({...finding, path: ['model', ...finding.path]})),
  ];
}

interface ReadProfiles {
  readonly hardware: HardwareProfile;
  /** Profiles of `search.hardware`, in its order. */
  readonly profiles: readonly (HardwareProfile | null)[];
  /** What the file left to be rounded. */
  readonly assumptions: readonly string[];
}

async function assemble(
  source: Source,
  fields: PlanFields,
  named: Transformer | null,
  {hardware, profiles, assumptions}: ReadProfiles,
): Promise<PlanRead> {
  const failed = (findings: readonly Finding[]): PlanRead => ({
    problems: sortProblems(findings.map(finding => locateFinding(source, finding))),
  });
  const findings = machineFindings(fields, hardware);
  if (findings.length > 0) return failed(findings);
  const name = fields.name ?? stemOf(source.path);
  const model = typeof fields.model === 'string' ? named : makeTransformer(fields.model, name);
  if (model === null) throw new Error('a checked plan has its model');
  const loss = await lossChoice(fields.loss);
  const make = (own: PlanFields, profile: HardwareProfile) =>
    makePlan(own, {model, ...machineOf(own, profile), name, loss, assumptions});
  const space = makeVariants(fields, machinesOf(fields, {hardware, profiles}), make);
  if ('findings' in space) return failed(space.findings);
  return {
    plan: make(fields, hardware),
    space,
    hardware,
    source,
    fields,
    measured: measuredStep(fields.measured),
  };
}

function machinesOf(
  {cluster, search = {}}: PlanFields,
  {hardware, profiles}: Omit<ReadProfiles, 'assumptions'>,
): ProfiledHardware[] {
  const opened = openedHardware(search);
  if (opened === undefined) {
    return [{name: cluster.hardware, software: undefined, price: undefined, profile: hardware}];
  }
  return opened.map((machine, i) => {
    const profile = profiles[i];
    if (profile == null) throw new Error('a checked plan has the profiles that it names');
    return {...machine, profile};
  });
}

/** The profile and the stack with what the plan states otherwise. */
function machineOf({cluster: {software, price, override = {}}}: PlanFields, hardware: HardwareProfile) {
  const chosen = chosenStack(software, hardware);
  if ('findings' in chosen) throw new Error('a checked plan has its software stack');
  return {
    hardware: overrideHardware(hardware, override, price),
    software: overrideSoftware(chosen.stack, override.software),
  };
}

function measuredStep(stated: PlanFields['measured']): MeasuredStep | null {
  if (stated === undefined) return null;
  return {
    stepSeconds: stated.step_time,
    allocatedBytes: stated.allocated_memory ?? null,
    reservedBytes: stated.reserved_memory ?? null,
  };
}

/** plans/mine.yaml -> mine. */
function stemOf(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/(?<=.)\.[^.]*$/, '');
}
