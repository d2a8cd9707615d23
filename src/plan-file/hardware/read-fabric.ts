import {devicesPerNode} from '../../cluster/topology.js';
import {suggestion} from '../nearest-word.js';
import type {PathSegment} from '../problem.js';
import {check} from '../schema/check.js';
import {fabricSchema} from '../schema/hardware-schema.js';
import {makeLevel, nicShare} from './make-hardware.js';
import type {PartLibrary} from './parts.js';
import {resolveFabric} from './resolve-parts.js';
import type {FabricRead, StatedFabric} from './with-fabric.js';

/** Reads what a kind of fabric is at a speed. @param path of the kind in its plan */
export async function readFabric(
  {kind, bandwidth}: StatedFabric,
  path: readonly PathSegment[],
  parts: PartLibrary,
): Promise<FabricRead> {
  const kinds = await kindsWithPort(parts);
  if (!kinds.includes(kind)) {
    const finding = {
      path,
      at: 'key' as const,
      message: 'unknown kind of fabric',
      hint: suggestion(kind, kinds),
    };
    return {findings: [finding]};
  }
  const resolved = await resolveFabric(kind, parts);
  if (!('facts' in resolved)) return resolved;
  const checked = await check(fabricSchema, resolved.facts);
  if ('findings' in checked) throw new Error(`fabric ${kind}: ${checked.findings[0]?.message}`);
  const {port, ...level} = checked.value;
  // As few ports as carry it, each of them as fast as the others.
  const count = Math.ceil(bandwidth / port);
  return {
    levelOn: ({topology}) =>
      makeLevel(level, nicShare({count, bandwidth: bandwidth / count}, devicesPerNode(topology))),
  };
}

/** Fabrics whose speed follows from the ports that a plan's speed takes. */
async function kindsWithPort(parts: PartLibrary): Promise<readonly string[]> {
  const names = await parts.names('fabric');
  const read = await Promise.all(names.map(async name => ({name, part: await parts.read('fabric', name)})));
  return read.flatMap(({name, part}) => {
    const hasPort = part !== null && 'facts' in part && typeof part.facts.port === 'object';
    return hasPort && part.facts.port !== null ? [name] : [];
  });
}
