import type {Device} from '../../../src/cost/kernels/device.js';
import {storedIn16} from '../../model/shapes.js';

/** A device of round figures, with every effect of a kernel switched on. */
export function handDevice(facts: Partial<Device> = {}): Device {
  return {
    gemmPeak: 300e12,
    gemmEfficiency: 0.8,
    gemm16Peak: 300e12,
    gemm16Efficiency: 0.8,
    numComputeUnits: 100,
    tileRows: 128,
    tileColumns: 256,
    halfTileSpeed: 0.95,
    quarterTileSpeed: 0.9,
    halfDepth: 100,
    halfDepth32: 300,
    groupedExposure: 0.5,
    groupedIssue: 5e-6,
    memoryBandwidth: 2e12,
    streamBandwidth: 2e12,
    vectorPeak: 20e12,
    castBytes: 0,
    trafficLatency: 1e-6,
    expertScale: 1,
    attentionForward: 200e12,
    attentionBackward: 150e12,
    flash2Share: 1,
    attentionForwardTail: 1.5,
    attentionBackwardTail: 0.5,
    activationBytes: 2,
    storedBytes: storedIn16,
    weightBytes: 2,
    ...facts,
  };
}
