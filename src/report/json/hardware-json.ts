import type {HardwareProfile} from '../../cluster/hardware-profile.js';

/** A machine as other programs read it: SI base units, the unit in the name. Pure data. */
export function hardwareJson(profile: HardwareProfile, version: string) {
  const {name, names, description, accelerator, host, topology, software, figures} = profile;
  return {
    walltime: version,
    name,
    description,
    aliases: names.machine,
    accelerator: {
      name: accelerator.name,
      aliases: names.accelerator.filter(alias => alias !== accelerator.name),
      peakFlopPerSecond: accelerator.peak,
      computeUnits: accelerator.numComputeUnits,
      memoryBytes: accelerator.memory,
      memoryBytesPerSecond: accelerator.memoryBandwidth,
      powerWatts: accelerator.power,
      idlePowerWatts: accelerator.idlePower,
      priceUsdPerSecond: accelerator.price,
    },
    host: {memoryBytes: host.memory, linkBytesPerSecond: host.linkBandwidth},
    topology: topology.map(level => ({
      name: level.name,
      // Null: as many units as the cluster has.
      fanOut: Number.isFinite(level.fanOut) ? level.fanOut : null,
      bytesPerSecond: level.bandwidth,
      latencySeconds: level.latency,
      devicesPerNic: level.devicesPerNic,
      shape: level.shape,
      inNetworkReduction: level.inNetworkReduction,
    })),
    software: Object.entries(software).map(([stack, {description, fittedTo}]) => ({
      name: stack,
      description,
      fittedTo:
        fittedTo === null
          ? null
          : [fittedTo.file, ...(fittedTo.rows.length > 0 ? [`rows ${fittedTo.rows.join(', ')}`] : [])].join(
              ', ',
            ),
    })),
    figures,
  };
}
