import {expect, test} from 'vitest';
import {readHardware} from '../../src/plan-file/library/library.js';

test('Frontier is described with rendezvous, and knows eager messages and sockets', async () => {
  const read = await readHardware('frontier-mi250x');
  if ('problems' in read) throw new Error(read.problems[0]?.message);
  const fabric = read.profile.topology.at(-1);
  expect(fabric?.state).toBe('rendezvous');
  expect(fabric?.otherStates.map(({state}) => state)).toEqual(['eager', 'sockets']);
  const [eager, sockets] = fabric?.otherStates ?? [];
  expect(eager?.eagerWindow).toEqual({from: 64 * 1024, to: 256 * 1024, step: 330e-6});
  expect(eager?.bandwidth).toBe(fabric?.bandwidth);
  expect(sockets?.bandwidth).toBe(1.1e9);
});
