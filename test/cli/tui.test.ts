import {expect, test} from 'vitest';
import {walltime} from './run-cli.js';

test('without a terminal the interactive planner says which command to use', () => {
  const named = walltime(['tui', 'plans/frontier-175b.yaml']);
  expect(named.status).toBe(2);
  expect(named.stdout).toBe('');
  expect(named.stderr).toBe(
    'walltime: the interactive planner needs a terminal  (use walltime plan plans/frontier-175b.yaml)\n',
  );
  const bare = walltime([]);
  expect(bare.status).toBe(2);
  expect(bare.stdout).toBe('');
  expect(bare.stderr).toContain('use walltime plan FILE, or walltime --help');
});
