import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import {mergeFacts} from '../../frameworks/stated-facts.js';
import {bytes, bytesPerSecond, seconds, usdPerSecond, watts} from '../../units/quantities.js';
import type {OverrideFields} from '../schema/override-schema.js';
import {makePeak} from './make-hardware.js';

/** A profile with the figures that a plan states otherwise for its own cluster. */
export function overrideHardware(
  profile: HardwareProfile,
  override: OverrideFields,
  price: number | undefined,
): HardwareProfile {
  return {
    ...profile,
    accelerator: overrideAccelerator(profile, override.accelerator, price),
    host: {
      memory: bytes(override.host?.memory ?? profile.host.memory),
      linkBandwidth: bytesPerSecond(override.host?.link_bandwidth ?? profile.host.linkBandwidth),
    },
    topology: profile.topology.map(level => {
      const stated = override.topology?.[level.name];
      return {
        ...level,
        fanOut: stated?.fan_out ?? level.fanOut,
        bandwidth: bytesPerSecond(stated?.bandwidth ?? level.bandwidth),
        latency: seconds(stated?.latency ?? level.latency),
        devicesPerNic: stated?.devices_per_nic ?? level.devicesPerNic,
        inNetworkReduction: stated?.in_network_reduction ?? level.inNetworkReduction,
      };
    }),
  };
}

function overrideAccelerator(
  {accelerator}: HardwareProfile,
  stated: OverrideFields['accelerator'],
  price: number | undefined,
): HardwareProfile['accelerator'] {
  const perSecond = price ?? stated?.price ?? accelerator.price;
  return {
    ...accelerator,
    peak: {...accelerator.peak, ...makePeak(stated?.peak ?? {})},
    numComputeUnits: stated?.compute_units ?? accelerator.numComputeUnits,
    memory: bytes(stated?.memory ?? accelerator.memory),
    memoryBandwidth: bytesPerSecond(stated?.memory_bandwidth ?? accelerator.memoryBandwidth),
    power: watts(stated?.power ?? accelerator.power),
    idlePower: watts(stated?.idle_power ?? accelerator.idlePower),
    price: perSecond === null ? null : usdPerSecond(perSecond),
  };
}

/** The stack with the facts that a plan states otherwise. */
export function overrideSoftware(stack: SoftwareStack, override: OverrideFields['software']): SoftwareStack {
  return override === undefined ? stack : mergeFacts(stack, override.facts);
}
