import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {takenDefaults, withDefaults} from '../../src/frameworks/complete-layout.js';
import {defaultRankOrder, type Layout} from '../../src/layout/layout.js';
import type {RuleSubject} from '../../src/layout/rule.js';
import {gpt3} from '../model/shapes.js';
import {pytorchDefaultCases} from './pytorch-default-cases.js';
import {fsdpVariants} from './pytorch-rule-cases.js';
import {checkedCase, frameworkCalled, type RuleCase} from './rule-subject.js';

interface DefaultCase extends RuleCase {
  readonly expected: unknown;
}

type DefaultCases = Readonly<Partial<Record<keyof Layout, DefaultCase | readonly DefaultCase[]>>>;

const noOverlap: DefaultCase = {layout: {data: 8, sharding: 'optimizer'}, expected: false};
const overlaps: DefaultCases = {
  overlapGradients: {layout: {data: 8}, expected: true},
  overlapParameters: [
    {layout: {data: 8, sharding: 'optimizer'}, expected: true},
    {layout: {data: 8, sharding: 'none'}, expected: false},
  ],
};

const megatron: DefaultCases = {
  overlapGradients: noOverlap,
  overlapParameters: noOverlap,
  expertTensor: {layout: {tensor: 4, expert: 8}, expected: 4},
  sequenceParallel: {layout: {tensor: 4}, expected: false},
  sharding: {layout: {data: 8}, expected: 'none'},
  shardingGroup: {layout: {data: 8, sharding: 'optimizer'}, expected: 'all'},
  schedule: [
    {layout: {pipeline: 4}, expected: '1f1b'},
    {layout: {pipeline: 4, virtualStages: 2}, expected: 'interleaved'},
  ],
  recompute: {layout: {}, expected: 'none'},
  offload: {layout: {}, expected: 'none'},
  asyncTensor: {layout: {tensor: 4, sequenceParallel: true}, expected: false},
  contextExchange: {layout: {context: 2}, expected: 'ring'},
  causalBalancing: {layout: {context: 2}, expected: true},
  rankOrder: {layout: {pipeline: 2}, expected: defaultRankOrder},
};

const megatronDeepspeed: DefaultCases = {
  overlapGradients: noOverlap,
  sequenceParallel: {layout: {tensor: 4}, expected: false},
  sharding: [
    {layout: {data: 8}, training: {precision: 'fp16'}, expected: 'none'},
    {layout: {data: 8}, training: {precision: 'bf16'}, expected: 'optimizer'},
  ],
  schedule: {layout: {pipeline: 4}, expected: '1f1b'},
  recompute: {layout: {}, expected: 'none'},
  rankOrder: {layout: {pipeline: 2}, expected: defaultRankOrder},
};

/** What is stated, and what a framework takes for each field that it has a default for. */
const casesByFramework: Readonly<Record<string, DefaultCases>> = {
  'megatron-core': megatron,
  nemo: {...megatron, ...overlaps},
  'mindspeed-llm': megatron,
  'megatron-bridge': {...megatron, ...overlaps, sharding: {layout: {data: 8}, expected: 'optimizer'}},
  primus: {
    ...megatron,
    sharding: {layout: {data: 8}, expected: 'optimizer'},
    sequenceParallel: [
      {layout: {tensor: 4}, expected: true},
      {layout: {tensor: 1}, expected: false},
    ],
  },
  'megatron-lm-2021': {
    overlapGradients: noOverlap,
    sequenceParallel: {layout: {tensor: 4}, expected: false},
    sharding: {layout: {data: 8}, expected: 'none'},
    schedule: [
      {layout: {pipeline: 4}, expected: '1f1b'},
      {layout: {pipeline: 4, virtualStages: 2}, expected: 'interleaved'},
    ],
    recompute: {layout: {}, expected: 'none'},
    rankOrder: {layout: {pipeline: 2}, expected: defaultRankOrder},
  },
  'megatron-deepspeed': megatronDeepspeed,
  vtrain: megatronDeepspeed,
  'gpt-neox': {
    overlapGradients: noOverlap,
    expert: [
      {layout: {tensor: 4}, expected: 4},
      {layout: {tensor: 4}, model: gpt3, expected: 1},
    ],
    expertTensor: {layout: {tensor: 4}, expected: 1},
    sequenceParallel: {layout: {tensor: 4}, expected: false},
    sharding: {layout: {data: 8}, expected: 'none'},
    schedule: {layout: {pipeline: 4}, expected: '1f1b'},
    recompute: {layout: {}, expected: 'none'},
    offload: {layout: {}, expected: 'none'},
    rankOrder: {layout: {pipeline: 2}, expected: defaultRankOrder},
  },
  aleph: {
    overlapGradients: noOverlap,
    sharding: {layout: {data: 8}, expected: 'optimizer'},
    schedule: {layout: {pipeline: 4}, expected: '1f1b'},
  },
  'hai-llm': {
    sharding: {layout: {data: 8}, expected: 'optimizer'},
    overlapGradients: {layout: {data: 8}, expected: true},
    overlapParameters: {layout: {data: 8}, expected: true},
  },
  generic: overlaps,
  'any-framework': overlaps,
  ...pytorchDefaultCases,
};

const frameworks = readdirSync('src/frameworks', {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .map(({name}) => name)
  .concat(fsdpVariants)
  .map(frameworkCalled);

const defaults = frameworks.flatMap(({name, defaults: own}) =>
  (Object.keys(own) as (keyof Layout)[]).map(field => ({framework: name, field, source: own[field]?.source})),
);

test.each(defaults)('$framework has a default for $field ($source)', ({framework, field}) => {
  const cases = [casesByFramework[framework]?.[field] ?? []].flat();
  expect(cases.length).toBeGreaterThan(0);
  for (const {expected, layout = {}, ...checked} of cases) {
    const subject = subjectOf(framework, checked);
    const completed = withDefaults(layout, subject);
    expect(completed[field]).toEqual(expected);
    expect(withDefaults({...layout, [field]: 'stated'}, subject)[field]).toBe('stated');
  }
});

test('what was taken is listed with the framework whose default it is', () => {
  const subject = subjectOf('megatron-core', {});
  const pins = {tensor: 4, expert: 8, pipeline: 1, microBatch: 1};
  const taken = takenDefaults(withDefaults(pins, subject), {...subject, pins});
  expect(taken).toContainEqual({field: 'expertTensor', value: 4, framework: 'megatron-core'});
  expect(taken.map(({field}) => field)).not.toContain('contextExchange');
});

function subjectOf(framework: string, checked: RuleCase): RuleSubject {
  return checkedCase({...checked, software: {...checked.software, framework}}).subject;
}
