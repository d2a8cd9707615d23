import {isScalar, type Pair} from 'yaml';

/** Text of a pair's key as it appears in the plain value. */
export function keyOf({key}: Pick<Pair, 'key'>): string {
  return isScalar(key) ? String(key.value) : String(key);
}
