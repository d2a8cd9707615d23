import fc from 'fast-check';

/**
 * Generated cases are the same on every run, so that a change is judged on its own.
 * `FAST_CHECK_SEED=$RANDOM npm test` tries other ones.
 */
fc.configureGlobal({seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_240_229)});
