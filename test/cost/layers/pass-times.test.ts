import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Cluster} from '../../../src/cluster/cluster.js';
import type {LayerCosts} from '../../../src/cost/layers/layer-costs.js';
import {
  backwardSeconds,
  chunkCosts,
  forwardSeconds,
  type PassTimes,
  passTerm,
  passTimes,
} from '../../../src/cost/layers/pass-times.js';
import {rankWorkload} from '../../../src/cost/workload/rank-workload.js';
import {type PassWork, workOf} from '../../../src/cost/workload/work.js';
import {groupFor} from '../../../src/layout/placement.js';
import {seconds} from '../../../src/units/quantities.js';
import {handCluster} from '../../pipeline/hand-machine.js';
import {handDevice} from '../kernels/hand-device.js';
import {layout, model, training} from '../plain-subject.js';

const machine = handCluster(8);

interface PlainWork {
  readonly compute: number;
  readonly kernels: number;
  readonly sent: number;
  readonly calls: number;
}

/** Times of a chunk of four layers, with or without a head, that do `layer` and `head` each way. */
function times(cluster: Cluster, layer: PlainWork, head: PlainWork | null = null, tensor = 2): PassTimes {
  const ofLayer = {work: costOf(layer), activations: {none: 0, selective: 0, full: 0}};
  const ofHead = {work: costOf(head ?? nothing), savedBytes: 0};
  const group = (kind: 'tensor' | 'context' | 'expert') => groupFor(cluster, layout, kind);
  const groups = {tensor: group('tensor'), context: group('context'), expert: group('expert')};
  const workload = {...rankWorkload(cluster, model, training, layout), tensor};
  const rank = {device: handDevice(), model, groups, workload};
  const costs: LayerCosts = {rank, layer: () => ofLayer, embedding: ofHead, head: ofHead};
  const kind = {experts: false, attention: 'full'} as const;
  return passTimes(
    cluster,
    chunkCosts(costs, {layers: [{kind, count: 4}], hasEmbedding: false, hasHead: head !== null}),
    'none',
  );
}

const nothing: PlainWork = {compute: 0, kernels: 0, sent: 0, calls: 0};

function costOf({compute, kernels, sent, calls}: PlainWork): PassWork {
  return workOf({
    forward: compute,
    backwardInput: compute,
    forwardKernels: kernels,
    backwardKernels: kernels,
    tensorForward: sent,
    tensorBackward: sent,
    forwardCalls: calls,
    backwardCalls: calls,
  });
}

const work: fc.Arbitrary<PlainWork> = fc.record({
  compute: fc.double({min: 1e-5, max: 1e-2, noNaN: true}),
  kernels: fc.integer({min: 1, max: 100}),
  sent: fc.double({min: 0, max: 1e-2, noNaN: true}),
  calls: fc.integer({min: 0, max: 8}),
});

function withOverlap(tensor: number): Cluster {
  const {software} = machine;
  return {...machine, software: {...software, overlap: {...software.overlap, tensor}}};
}

describe('a pass', () => {
  test('takes as long as its host and its device, and a little longer where both take as long', () => {
    fc.assert(
      fc.property(work, layer => {
        const {software} = machine;
        const host = 4 * (layer.kernels * software.kernelLaunch + layer.calls * software.collectiveLaunch);
        const device = 4 * (layer.compute + layer.sent);
        const pass = forwardSeconds(times(withOverlap(0), layer));
        expect(pass).toBeGreaterThanOrEqual(Math.max(host, device) * (1 - 1e-9));
        expect(pass).toBeLessThanOrEqual(Math.max(host, device) * 2 ** (1 / 6) * (1 + 1e-9));
      }),
    );
  });

  test('of layers that wait for their host does not hide a head that does not', () => {
    const layer = {compute: 1e-4, kernels: 100, sent: 0, calls: 0};
    const head = {compute: 5e-3, kernels: 1, sent: 0, calls: 0};
    const added = forwardSeconds(times(machine, layer, head)) - forwardSeconds(times(machine, layer));
    expect(added).toBeCloseTo(head.compute, 6);
  });

  test('hides no more of its messages than there is compute', () => {
    fc.assert(
      fc.property(work, fc.double({min: 0, max: 1, noNaN: true}), (layer, overlap) => {
        const device = 4 * (layer.compute + layer.sent);
        const pass = times(withOverlap(overlap), layer);
        const busy = pass[passTerm.forward] + pass[passTerm.tensorForward];
        expect(busy).toBeGreaterThanOrEqual(Math.max(4 * layer.compute, 4 * layer.sent) * (1 - 1e-9));
        expect(busy).toBeLessThanOrEqual(device * (1 + 1e-9));
      }),
    );
  });
});

test('a library of rings alone holds up its host at each call for each rank of the group', () => {
  const ringStep = seconds(2e-4);
  const rings: Cluster = {...machine, ringsOnly: true, software: {...machine.software, ringStep}};
  const layer = {compute: 1e-5, kernels: 10, sent: 0, calls: 2};
  const waited = (tensor: number) => backwardSeconds(times(rings, layer, null, tensor));
  expect(waited(8) - waited(4)).toBeCloseTo(4 * 2 * 4 * ringStep, 6);
  expect(times({...rings, ringsOnly: false}, layer)).toEqual(times(machine, layer));
});
