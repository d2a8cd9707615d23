import type {Device, FlashKernel} from '../../../src/cost/kernels/device.js';
import {storedIn16} from '../../model/shapes.js';

/** A flash kernel of round figures. @param share of the speed of the kernel of the generation */
export function handFlash(share = 1): FlashKernel {
  const heads = [
    {size: 64, speed: 0.8},
    {size: 128, speed: 1},
    {size: 256, speed: 0.9},
  ];
  return {
    forward: {rate: share * 200e12, rowKeys: 100, maskedKeys: 150, tailRows: 0, heads},
    backward: {rate: share * 150e12, rowKeys: 200, maskedKeys: 200, tailRows: 0, heads},
  };
}

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
    eighthTileSpeed: 0.7,
    wholeWaves: true,
    halfDepth: 100,
    halfDepth32: 300,
    groupedExposure: 0.5,
    groupedIssue: 5e-6,
    operandBandwidth: 2e12,
    streamBandwidth: 2e12,
    vectorPeak: 20e12,
    castBytes: 0,
    productStart: 2e-6,
    streamStart: 1e-6,
    attentionStart: 4e-6,
    expertScale: 1,
    attention: handFlash(),
    flash2: handFlash(),
    activationBytes: 2,
    storedBytes: storedIn16,
    weightBytes: 2,
    ...facts,
  };
}
