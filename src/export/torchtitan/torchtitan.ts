import {month} from '../../frameworks/release.js';
import type {LayoutRule} from '../../layout/rule.js';
import {numModelChunks} from '../../layout/schedules.js';
import type {ConfigFragment, Setting, SettingValue} from '../config-fragment.js';
import {commentLines, describeRun, generalNotes} from '../description.js';
import type {ExportedText, LaunchTarget, PlannedRun} from '../export-target.js';
import {torchtitanFields} from './fields.js';

/** A field whose value is code as it stands. */
const listField = 'parallelism.module_fqns_per_model_part';

/** A function that lays the layout over any configuration of today's torchtitan. */
export const torchtitan: LaunchTarget = {
  of: 'layout',
  summary: 'a Python function for torchtitan (since 2026-02-23)',
  comments: true,
  framework: 'torchtitan',
  write: run => written(run, torchtitanFields(run, 'python'), pythonLines),
};

/** What has no option on torchtitan's command line. */
const flagRules: readonly LayoutRule[] = [
  {
    code: 'no-option-for-uneven-stages',
    fields: ['pipeline', 'schedule', 'virtualStages'],
    broken: (layout, {model: {numLayers}}) => {
      const chunks = numModelChunks(layout);
      return layout.pipeline === 1 || numLayers % chunks === 0 ? null : {chunks, layers: numLayers};
    },
    message:
      'stages of unequal layers have no option on the command line: {chunks} do not divide {layers} layers',
    hint: 'write the function with --to torchtitan',
  },
  {
    code: 'no-option-for-replicated-sequences',
    fields: ['sequenceParallel', 'tensor'],
    broken: ({sequenceParallel, tensor}) => (tensor === 1 || sequenceParallel ? null : {tensor}),
    message: 'sequence parallelism that is off has no option on the command line that stays',
    hint: 'write the function with --to torchtitan',
  },
];

/** The same as options of torchtitan's command line. */
export const torchtitanFlags: LaunchTarget = {
  of: 'layout',
  summary: 'options of the torchtitan command line, as a bash array',
  comments: true,
  framework: 'torchtitan',
  rules: flagRules,
  write: run => written(run, torchtitanFields(run, 'python'), flagLines),
};

/** A job file of torchtitan as it was until 2026-02-23. */
export const torchtitanToml: LaunchTarget = {
  of: 'layout',
  summary: 'a TOML job file for torchtitan before 2026-02-23',
  comments: true,
  framework: 'torchtitan',
  release: month('2026-01'),
  write: run => written(run, torchtitanFields(run, 'toml'), tomlLines),
};

function written(
  run: PlannedRun,
  fields: ConfigFragment,
  body: (settings: readonly Setting[]) => string[],
): ExportedText {
  const notes = [...generalNotes(run), ...fields.notes];
  const lines = [
    ...commentLines(describeRun(run)),
    ...commentLines(notes.map(note => `note: ${note}`)),
    ...body(fields.settings),
  ];
  return {text: `${lines.join('\n')}\n`, notes};
}

function sectionsOf(settings: readonly Setting[]): ReadonlyMap<string, readonly [string, SettingValue][]> {
  const sections = new Map<string, [string, SettingValue][]>();
  for (const [name, value = true] of settings) {
    const [section = '', field = ''] = name.split('.');
    const known = sections.get(section);
    if (known === undefined) sections.set(section, [[field, value]]);
    else known.push([field, value]);
  }
  return sections;
}

function tomlLines(settings: readonly Setting[]): string[] {
  return [...sectionsOf(settings)].flatMap(([section, fields]) => [
    '',
    `[${section}]`,
    ...fields.map(([field, value]) => `${field} = ${literal(section, field, value)}`),
  ]);
}

const checkpointing: Readonly<Record<string, string>> = {
  none: 'None',
  selective: 'SelectiveAC.Config()',
  full: 'FullAC.Config()',
};

function pythonLines(settings: readonly Setting[]): string[] {
  const sections = [...sectionsOf(settings)].filter(([section]) => section !== 'activation_checkpoint');
  const mode = settings.find(([name]) => name === 'activation_checkpoint.mode')?.[1] ?? 'none';
  const word = (section: string, [field, value]: [string, SettingValue]) =>
    typeof value === 'boolean' ? (value ? 'True' : 'False') : literal(section, field, value);
  return [
    'from dataclasses import replace',
    '',
    'from torchtitan.distributed.activation_checkpoint import FullAC, SelectiveAC',
    'from torchtitan.trainer import Trainer',
    '',
    '',
    'def planned(config: Trainer.Config) -> Trainer.Config:',
    '    """The planned layout over the configuration of a model, in a function that --config names."""',
    '    return replace(',
    '        config,',
    ...sections.flatMap(([section, fields]) => [
      `        ${section}=replace(`,
      `            config.${section},`,
      ...fields.map(pair => `            ${pair[0]}=${word(section, pair)},`),
      '        ),',
    ]),
    `        activation_checkpoint=${checkpointing[String(mode)]},`,
    '    )',
  ];
}

/** `activation_checkpoint:full` and the like choose a kind of checkpointing. */
function flagLines(settings: readonly Setting[]): string[] {
  const mode = settings.find(([name]) => name === 'activation_checkpoint.mode')?.[1];
  return [
    `# activation checkpointing: ${mode}; choose it in the --config that you name`,
    'TORCHTITAN_ARGS=(',
    ...settings
      .filter(([name]) => !name.startsWith('activation_checkpoint.'))
      .map(([name, value]) => (value === true ? `  --${name}` : `  --${name} ${value}`)),
    ')',
    `# torchrun ... -m torchtitan.train --module M --config C "\${TORCHTITAN_ARGS[@]}"`,
  ];
}

function literal(section: string, field: string, value: SettingValue): string {
  if (`${section}.${field}` === listField) return String(value);
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
