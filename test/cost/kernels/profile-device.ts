import type {FlashFacts, FlashPassFacts, KernelFacts} from '../../../src/cluster/accelerator.js';
import type {Cluster} from '../../../src/cluster/cluster.js';
import {type Device, deviceFor} from '../../../src/cost/kernels/device.js';
import {readHardware} from '../../../src/plan-file/library/library.js';

/** Facts of one's own, those of passes of attention by the pass. */
export type OwnFacts = Partial<Omit<KernelFacts, 'attention'>> & {
  readonly attention?: {readonly [Pass in keyof FlashFacts]?: Partial<FlashPassFacts>};
};

/** The device of a shipped profile in bf16 under a stack that scales nothing, with facts of one's own. */
export async function deviceMaker(hardware: string): Promise<(facts: OwnFacts) => Device> {
  const read = await readHardware(hardware);
  if ('problems' in read) throw new Error(read.problems.map(problem => problem.message).join('\n'));
  const {accelerator, host, topology, software} = read.profile;
  const stack = software.generic?.stack;
  if (stack === undefined) throw new Error(`${hardware} knows no generic stack`);
  const cluster: Cluster = {
    hardware,
    accelerator,
    host,
    topology,
    devicesPerNode: 8,
    numDevices: 8,
    ringsOnly: false,
    software: {...stack, gemmScale: {default: 1}, attentionScale: 1},
  };
  return ({attention = {}, ...facts}) => {
    const {forward, backward} = accelerator.kernels.attention;
    const kernels = {
      ...accelerator.kernels,
      ...facts,
      attention: {
        forward: {...forward, ...attention.forward},
        backward: {...backward, ...attention.backward},
      },
    };
    const device = deviceFor({...cluster, accelerator: {...accelerator, kernels}}, 'bf16');
    if (device === null) throw new Error(`${hardware} has no bf16`);
    return device;
  };
}
