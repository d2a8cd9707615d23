import fc from 'fast-check';
import {expect, test} from 'vitest';
import {goodPlan, printedProblems} from './plans.js';

/** What is replaced in the good plan, by what, and the one line that answers it. */
const mistakes: [wrong: string, right: string, printed: string][] = [
  [
    'waltime: 1',
    'walltime: 1',
    'plan.yaml:1:1  waltime: unknown key  (did you mean walltime? one of walltime, name, model, cluster, training, layout, diloco, goal, ...)',
  ],
  ['walltime: 2', 'walltime: 1', 'plan.yaml:1:11  walltime: unknown value 2  (write 1)'],
  ['name: [a]', 'name: test', 'plan.yaml:2:7  name: a text is wanted, not a list  (write a text)'],
  ['name:', 'name: test', 'plan.yaml:2:6  name: has no value  (write a text)'],
  [
    'model: 3',
    'model: gpt3-175b',
    'plan.yaml:3:8  model: a text or a map is wanted, not 3  (write a text or a map)',
  ],
  [
    'model: a/b.yaml',
    'model: gpt3-175b',
    `plan.yaml:3:8  model: no such file "a/b.yaml"  (relative paths start at ${process.cwd()})`,
  ],
  [
    'hardware: 7',
    'hardware: selene-a100-80gb',
    'plan.yaml:5:13  cluster.hardware: a text is wanted, not 7  (write a text)',
  ],
  ['# none', 'hardware: selene-a100-80gb', 'plan.yaml:4:1  cluster.hardware: is missing  (write a text)'],
  [
    '# none',
    'nodes: 128',
    'plan.yaml:4:1  cluster.nodes: is missing  (write how many nodes, or devices: how many devices)',
  ],
  [
    'nods: 128',
    'nodes: 128',
    'plan.yaml:6:3  cluster.nods: unknown key  (did you mean nodes? one of hardware, nodes, devices, software, fabric, price, override)',
  ],
  ['nodes: 0', 'nodes: 128', 'plan.yaml:6:10  cluster.nodes: 0 is zero  (give a whole number above 0)'],
  ['nodes: -4', 'nodes: 128', 'plan.yaml:6:10  cluster.nodes: -4 is negative  (give a whole number above 0)'],
  [
    'nodes: 1.5',
    'nodes: 128',
    'plan.yaml:6:10  cluster.nodes: 1.5 is not a whole number  (give a whole number above 0)',
  ],
  [
    'nodes: .nan',
    'nodes: 128',
    'plan.yaml:6:10  cluster.nodes: NaN is not a number  (give a whole number above 0)',
  ],
  [
    'nodes: 1e400',
    'nodes: 128',
    'plan.yaml:6:10  cluster.nodes: Infinity is not a finite number  (give a whole number above 0)',
  ],
  [
    'nodes: many',
    'nodes: 128',
    'plan.yaml:6:10  cluster.nodes: "many" is not a count  (write a whole number)',
  ],
  [
    'nodes: {}',
    'nodes: 128',
    'plan.yaml:6:10  cluster.nodes: a count is wanted, not a map  (write a whole number)',
  ],
  [
    'nodes: 128\n  devices: 4',
    'nodes: 128',
    'plan.yaml:7:12  cluster.devices: the size of the cluster is given twice  (keep nodes or devices)',
  ],
  ['nodes: 128\n  nodes: 4', 'nodes: 128', 'plan.yaml:7:3  nodes is given twice  (keep one of them)'],
  [
    'nodes: 128\n  software: megatron-coer',
    'nodes: 128',
    'plan.yaml:7:13  cluster.software: unknown software stack "megatron-coer"  (did you mean megatron-core? one of ',
  ],
  [
    'nodes: 128\n  override: {topology: {fabrik: {latency: 1 us}}}',
    'nodes: 128',
    'plan.yaml:7:25  cluster.override.topology.fabrik: selene-a100-80gb has no level of this name  (did you mean fabric?',
  ],
  [
    'nodes: 128\n  override: {accelerator: {memory: 25 GB/s}}',
    'nodes: 128',
    'plan.yaml:7:36  cluster.override.accelerator.memory: 25 GB/s is a bandwidth, but a size in bytes is wanted  (write a size in bytes such as 64 GiB)',
  ],
  [
    'nodes: 128\n  price: 3 USD',
    'nodes: 128',
    'plan.yaml:7:10  cluster.price: 3 USD is an amount of money, but a price per time is wanted  (write a price per time such as $2.5/hour)',
  ],
  [
    'training: 3',
    /training:.*bf16/s.exec(goodPlan)?.[0] ?? '',
    'plan.yaml:7:11  training: a map is wanted, not 3  (write a map)',
  ],
  [
    'precision: fp8',
    'precision: bf16',
    'plan.yaml:11:14  training.precision: NVIDIA A100 SXM4 80 GB has no fp8  (one of fp32, tf32, bf16, fp16',
  ],
  [
    'precision: b16',
    'precision: bf16',
    'plan.yaml:11:14  training.precision: unknown value "b16"  (did you mean bf16? one of fp32, tf32, bf16, fp16, fp8, mxfp8, nvfp4, int8)',
  ],
  [
    'precision: bf16\n  gradient_bits: 8',
    'precision: bf16',
    'plan.yaml:12:18  training.gradient_bits: unknown value 8  (one of 16, 32)',
  ],
  [
    'tensor: eight',
    'tensor: 8',
    'plan.yaml:13:11  layout.tensor: "eight" is not a count  (write a whole number)',
  ],
  [
    'rank_order: [tensor, data]',
    'tensor: 8',
    'plan.yaml:13:15  layout.rank_order: is not an order of the parallel dimensions  (list each of tensor, context, expert, data, pipeline once, fastest first)',
  ],
  [
    'sharding_group: nodes',
    'tensor: 8',
    'plan.yaml:13:19  layout.sharding_group: unknown value "nodes"  (did you mean node? one of all, node, or a count)',
  ],
  [
    'recompute: ful',
    'recompute: full',
    'plan.yaml:14:14  layout.recompute: unknown value "ful"  (did you mean full? one of none, selective, full)',
  ],
  [
    'recompute: {layer: 3}',
    'recompute: full',
    'plan.yaml:14:15  layout.recompute.layer: unknown key  (did you mean layers?)',
  ],
  [
    'recompute: {layers: 0}',
    'recompute: full',
    'plan.yaml:14:23  layout.recompute.layers: 0 is zero  (give a whole number above 0)',
  ],
  [
    'recompute: 3',
    'recompute: full',
    'plan.yaml:14:14  layout.recompute: none, selective, full or a map is wanted, not 3  (write none, selective, full or a map)',
  ],
  [
    'deadline: 25 GB/s',
    'deadline: 30 days',
    'plan.yaml:16:13  goal.deadline: 25 GB/s is a bandwidth, but a time is wanted  (write a time such as 30 days)',
  ],
  [
    'deadline: 30 dyas',
    'deadline: 30 days',
    'plan.yaml:16:13  goal.deadline: unknown unit dyas in "30 dyas"  (did you mean days?)',
  ],
  [
    'deadline:',
    'deadline: 30 days',
    'plan.yaml:16:12  goal.deadline: has no value  (write a time such as 30 days)',
  ],
  [
    'deadline: 30 days\nsearch: {tensor: [1, 2]}',
    'deadline: 30 days',
    'plan.yaml:17:18  search.tensor: leaves out 8, which layout.tensor pins  (take out one of them)',
  ],
  [
    'deadline: 30 days\nsearch: {data: {min: 4, max: 2}}',
    'deadline: 30 days',
    'plan.yaml:17:16  search.data: min 4 is above max 2  (swap them)',
  ],
  [
    'deadline: 30 days\nsearch: {data: []}',
    'deadline: 30 days',
    'plan.yaml:17:16  search.data: is empty  (list at least one)',
  ],
  [
    'deadline: 30 days\ndiloco: {replicas: 4}',
    'deadline: 30 days',
    'plan.yaml:17:1  diloco.inner_steps: is missing  (write a whole number)',
  ],
  [
    'deadline: 30 days\nreliability: {checkpoint: never}',
    'deadline: 30 days',
    'plan.yaml:17:27  reliability.checkpoint: unknown value "never"  (write auto, or a time)',
  ],
  [
    'deadline: 30 days\n\tx: 3',
    'deadline: 30 days',
    'plan.yaml:17:1  is indented with a tab  (indent with spaces)',
  ],
  [
    'deadline: *soon',
    'deadline: 30 days',
    'plan.yaml:16:13  *soon repeats an anchor that is not defined  (write the value out)',
  ],
  [
    'deadline: !days 30',
    'deadline: 30 days',
    'plan.yaml:16:13  is not YAML: Unresolved tag: !days  (check indentation, colons and quotes on this line)',
  ],
];

test.each(mistakes)('%j instead of %j', async (wrong, right, printed) => {
  expect(goodPlan).toContain(right);
  const problems = await printedProblems(goodPlan.replace(right, wrong));
  expect(problems.map(problem => problem.slice(0, printed.length))).toEqual([printed]);
});

test('an unknown model or machine is answered with the nearest name', async () => {
  const [model] = await printedProblems(goodPlan.replace('gpt3-175b', 'gpt3-17b'));
  expect(model).toContain('plan.yaml:3:8  model: unknown model "gpt3-17b"  (did you mean gpt3-175b? one of ');
  const [machine] = await printedProblems(goodPlan.replace('selene-a100-80gb', 'selene-a100'));
  expect(machine).toContain(
    'plan.yaml:5:13  cluster.hardware: unknown hardware "selene-a100"  (did you mean selene-a100-80gb?',
  );
});

test('every problem is told at once, in the order of the file', async () => {
  const plan = goodPlan
    .replace('gpt3-175b', 'nothing-like-it')
    .replace('128', '-1')
    .replace('30 days', '3 GB');
  expect((await printedProblems(plan)).map(line => line.split('  ')[0])).toEqual([
    'plan.yaml:3:8',
    'plan.yaml:6:10',
    'plan.yaml:16:13',
  ]);
});

test('an inline model is checked like a model file', async () => {
  const inline = goodPlan.replace(
    'model: gpt3-175b',
    'model: {layers: 2, hidden: 100, vocabulary: 50, attention: {heads: 3}, mlp: {hiden: 4}}',
  );
  expect(await printedProblems(inline)).toEqual([
    'plan.yaml:3:78  model.mlp.hiden: unknown key  (did you mean hidden? one of kind, hidden, bias, activation_parameters)',
  ]);
  expect(await printedProblems(inline.replace('hiden', 'hidden'))).toEqual([
    'plan.yaml:3:68  model.attention.heads: 3 heads do not divide a hidden size of 100  (give attention.head_size)',
  ]);
});

test('whatever one line of a plan is replaced by, the answer is a plan or located problems', async () => {
  const lines = goodPlan.split('\n');
  await fc.assert(
    fc.asyncProperty(
      fc.nat(lines.length - 1),
      fc.string({unit: 'grapheme'}),
      fc.nat(4),
      async (i, text, indent) => {
        const changed = lines.with(i, ' '.repeat(indent) + text).join('\n');
        for (const problem of await printedProblems(changed)) expect(problem).toMatch(/^[^:]+:\d+:\d+ {2}\S/);
      },
    ),
    {numRuns: 300},
  );
});
