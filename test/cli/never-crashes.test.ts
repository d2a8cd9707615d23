import {Command} from 'commander';
import fc from 'fast-check';
import {afterEach, expect, test, vi} from 'vitest';
import {stringify} from 'yaml';
import {commands} from '../../src/cli/commands.js';
import {contextExchanges, offloads, scheduleNames, shardings} from '../../src/layout/layout.js';
import {temporaryFile} from './run-cli.js';

afterEach(() => void vi.restoreAllMocks());

/** Runs a command as the program does; a throw is what the program ends with 70 for. */
async function run(name: 'check' | 'simulate' | 'plan', args: readonly string[]): Promise<number> {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const program = new Command('walltime').exitOverride();
  const command = program.command(name);
  (await commands[name].load())(command);
  process.exitCode = 0;
  await program.parseAsync([name, ...args], {from: 'user'});
  const code = Number(process.exitCode);
  process.exitCode = 0;
  vi.restoreAllMocks();
  return code;
}

/** One of some values once in `of` times, otherwise nothing. */
const onceIn = <Value>(of: number, values: readonly Value[]) =>
  fc.oneof(
    {weight: of - 1, arbitrary: fc.constant(undefined)},
    {weight: 1, arbitrary: fc.constantFrom(...values)},
  );
const seldom = <Value>(...values: readonly Value[]) => onceIn<Value>(10, values);

/** Layouts that a user may write down. Degrees multiply to the devices; the rest may be wrong. */
const layouts = fc.record({
  tensor: fc.constantFrom(1, 2, 4),
  pipeline: fc.constantFrom(1, 2, 3, 4, 4),
  data: fc.constantFrom(1, 2, 4),
  context: fc.constantFrom(1, 1, 1, 2),
  micro_batch: fc.constantFrom(1, 2),
  expert: seldom(1, 2, 4),
  expert_tensor: seldom(1, 2),
  virtual_stages: seldom(1, 2, 3),
  schedule: fc.constantFrom(undefined, ...scheduleNames, 'dualpipe', 'zb-v'),
  sharding: seldom(...shardings),
  sharding_group: seldom<string | number>('all', 'node', 2),
  sequence_parallel: seldom(true, false),
  recompute: seldom<string | object>('none', 'selective', 'full', {layers: 2}),
  offload: seldom(...offloads),
  async_tensor: seldom(true, false),
  context_exchange: seldom(...contextExchanges),
});

const plans = fc
  .record({
    model: fc.constantFrom('gpt2-124m', 'llama-3-8b', 'mixtral-8x7b'),
    hardware: fc.constantFrom('h100-sxm', 'a100-80gb', 'frontier-mi250x', 'tpu-v5p'),
    software: fc.constantFrom(
      'any-framework',
      'any-framework',
      'any-framework',
      'megatron-core',
      'torchtitan',
      'fsdp',
    ),
    globalBatch: fc.constantFrom(6, 10, 64),
    sequenceLength: fc.constantFrom(1024, 1024, 1024, 1023),
    minimize: fc.constantFrom('time', 'cost', 'energy', 'memory', 'loss'),
    deadline: seldom('1 day', '1 year'),
    diloco: seldom({replicas: 2, inner_steps: 30}, {replicas: 2, inner_steps: 8, fragments: 4}),
    layout: layouts,
  })
  .map(({model, hardware, software, globalBatch, sequenceLength, ...plan}) => {
    const {minimize, deadline, diloco, layout} = plan;
    const devices = layout.tensor * layout.pipeline * layout.data * layout.context;
    return stringify({
      walltime: 1,
      model,
      cluster: {hardware, devices, software},
      training: {tokens: 1e9, sequence_length: sequenceLength, global_batch: globalBatch},
      goal: {minimize, ...(deadline === undefined ? {} : {deadline})},
      ...(diloco === undefined ? {} : {diloco}),
      layout: Object.fromEntries(Object.entries(layout).filter(([, value]) => value !== undefined)),
    });
  });

test.each([
  {name: 'check', draws: 120},
  {name: 'simulate', draws: 120},
  {name: 'plan', draws: 40},
] as const)('no plan, right or wrong, makes $name end with 70', async ({name, draws}) => {
  const codes: number[] = [];
  await fc.assert(
    fc.asyncProperty(plans, async text => {
      const threads = name === 'plan' ? ['--threads', '1'] : [];
      const code = await run(name, [temporaryFile('plan.yaml', text), '--json', ...threads]);
      expect([0, 1, 2]).toContain(code);
      codes.push(code);
    }),
    {numRuns: draws},
  );
  // Right and wrong plans were drawn.
  for (const code of [0, 2]) expect(codes.filter(one => one === code).length).toBeGreaterThan(draws / 8);
});
