import type {Cluster} from '../../cluster/cluster.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {makeCluster} from '../../cluster/make-cluster.js';
import {defaultFramework} from '../../frameworks/registry.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import {priceCollectiveRow} from '../collective-rows/price-collective-row.js';
import {kernelPricer, type OperatorPrice} from '../kernel-rows/price-kernel.js';
import type {HardwareMatcher} from '../match-hardware.js';
import type {OperatorResult, OperatorRow, ReadOperator} from './operator-row.js';

export interface OperatorContext {
  readonly machineNamed: HardwareMatcher<HardwareProfile>;
  /** Stack whose shares of the libraries' speed hold; null: the libraries by themselves. */
  readonly software: string | null;
  /** Rows that their table distrusts are predicted too. */
  readonly withDistrusted: boolean;
}

/** Rows of tables with the model's time for each, or the reason why it has none. */
export function predictOperators(
  rows: readonly ReadOperator[],
  context: OperatorContext,
): readonly OperatorResult[] {
  const machines = new Map<string, PricedMachine | {readonly reason: string}>();
  return rows.map(read => {
    const {row} = read;
    const key = `${row.hardware}\n${row.network ?? ''}`;
    const machine = machines.get(key) ?? machineOf(row, context);
    machines.set(key, machine);
    return predictOperator(read, machine, context.withDistrusted);
  });
}

/** Rows on one machine. */
export function resultsOn(rows: readonly OperatorRow[], machine: PricedMachine): readonly OperatorResult[] {
  return rows.map(row => predictOperator({row, unreadable: null}, machine, true));
}

/** A machine by the name of its profile, with its prices. */
interface PricedMachine {
  readonly profile: string;
  readonly price: (row: OperatorRow) => OperatorPrice;
}

function predictOperator(
  {row, unreadable}: ReadOperator,
  machine: PricedMachine | {readonly reason: string},
  withDistrusted: boolean,
): OperatorResult {
  const {id, kind, op, seconds} = row;
  const name = {id, kind, op, hardware: row.hardware ?? ''};
  const skipped = (reason: string, isDistrusted = false): OperatorResult => ({
    ...name,
    status: 'skipped',
    reason,
    measuredSeconds: seconds,
    isDistrusted,
  });
  if (unreadable !== null) return skipped(unreadable);
  const distrust = reasonToDistrust(row);
  if (distrust !== null && !withDistrusted) return skipped(distrust, true);
  if (op === '') return skipped('states no op');
  if (seconds === null) return skipped('states no time');
  if ('reason' in machine) return skipped(machine.reason);
  const price = machine.price(row);
  if ('reason' in price) return skipped(price.reason);
  return {
    ...name,
    status: 'predicted',
    profile: machine.profile,
    measuredSeconds: seconds,
    predictedSeconds: price.seconds,
  };
}

function reasonToDistrust({flag, confidence}: OperatorRow): string | null {
  if (flag !== null) return `flagged ${flag}`;
  return confidence === 'low' ? 'of low confidence' : null;
}

function machineOf(
  {hardware, network}: OperatorRow,
  {machineNamed, software}: OperatorContext,
): PricedMachine | {readonly reason: string} {
  if (hardware === null) return {reason: 'states no hardware: --hardware names it'};
  const matched = machineNamed(hardware, network ?? '');
  if (matched === null) return {reason: `no hardware profile matches "${hardware}": --hardware chooses one`};
  const {profile} = matched;
  const known = profile.software[software ?? defaultFramework];
  if (known === undefined) return {reason: `${profile.name} has no software stack ${software}`};
  const cluster = librariesOn(profile, software === null ? null : known.stack);
  const price = operatorPricer(cluster);
  return {profile: profile.name, price};
}

/** Prices kernels and collectives on a machine. */
export function operatorPricer(cluster: Cluster): (row: OperatorRow) => OperatorPrice {
  const priceKernel = kernelPricer(cluster);
  return row => (row.kind === 'kernel' ? priceKernel(row) : priceCollectiveRow(row, cluster));
}

/** The machine under a stack, or, with null, with what its libraries reach by themselves. */
export function librariesOn(profile: HardwareProfile, stack: SoftwareStack | null): Cluster {
  const generic = profile.software[defaultFramework]?.stack;
  if (generic === undefined) throw new Error(`${profile.name} has no stack ${defaultFramework}`);
  const whole = {
    gemmScale: {default: 1},
    attentionScale: 1,
    memoryScale: 1,
    expertScale: 1,
    linkScale: {node: 1, fabric: 1},
  };
  // Without a number of devices the topology stays as the profile has it.
  return makeCluster(profile, stack ?? {...generic, ...whole}, Number.POSITIVE_INFINITY);
}
