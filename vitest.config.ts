import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Without this a machine of two cores runs one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['test/random-seed.ts'],
    // Far above what any test needs: a guard against waiting for ever, on the slowest machine too.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
