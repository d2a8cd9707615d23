import type {SearchShard} from '../search-result.js';
import type {DegreesSpace} from './degrees-space.js';

/** Number of groups per shard above which shards are about even. */
const enoughGroups = 12;

/**
 * Meshes of a shard, by their place. Those that run layers alike, and so share the costs of layers, stay together
 * where there are many such groups; else they are dealt out one by one. Neighbours cost alike: they go to
 * different shards.
 */
export function unitsOfShard(spaces: readonly DegreesSpace[], {index, of}: SearchShard): readonly number[] {
  const groups = new Map<string, number>();
  const groupOf = spaces.map(({degrees: {tensor, context, expert}}) => {
    const key = `${tensor} ${context} ${expert}`;
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  });
  const together = groups.size >= enoughGroups * of;
  return spaces
    .map((_, unit) => unit)
    .filter(unit => (together ? (groupOf[unit] as number) : unit) % of === index);
}
