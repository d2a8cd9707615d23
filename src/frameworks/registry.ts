import type {Accelerator} from '../cluster/accelerator.js';
import {alephFramework} from './aleph/framework.js';
import {anyFrameworkFramework} from './any-framework/framework.js';
import {deepspeedFramework} from './deepspeed/framework.js';
import type {Framework, FrameworkAlias} from './framework.js';
import {
  accelerateFramework,
  axolotlFramework,
  fsdpFramework,
  hfTrainerFramework,
  llamaFactoryFramework,
  torchtuneFramework,
  trlFramework,
} from './fsdp/framework.js';
import {genericFramework} from './generic/framework.js';
import {gptNeoxFramework} from './gpt-neox/framework.js';
import {haiLlmFramework} from './hai-llm/framework.js';
import {llmFoundryFramework} from './llm-foundry/framework.js';
import {maxtextFramework} from './maxtext/framework.js';
import {megatronBridgeFramework} from './megatron-bridge/framework.js';
import {megatronCoreFramework} from './megatron-core/framework.js';
import {megatronDeepspeedFramework} from './megatron-deepspeed/framework.js';
import {megatronLm2021Framework} from './megatron-lm-2021/framework.js';
import {mindspeedLlmFramework} from './mindspeed-llm/framework.js';
import {nanotronFramework} from './nanotron/framework.js';
import {nemoFramework} from './nemo/framework.js';
import {olmoCoreFramework} from './olmo-core/framework.js';
import {primusFramework} from './primus/framework.js';
import type {SoftwareStack} from './stack.js';
import {torchtitanFramework} from './torchtitan/framework.js';
import {vtrainFramework} from './vtrain/framework.js';

/** Every training framework that is known; one more is a folder here, a data file, and a line of this record. */
const frameworks = {
  'megatron-core': megatronCoreFramework,
  'megatron-bridge': megatronBridgeFramework,
  nemo: nemoFramework,
  'megatron-lm-2021': megatronLm2021Framework,
  'megatron-deepspeed': megatronDeepspeedFramework,
  'gpt-neox': gptNeoxFramework,
  primus: primusFramework,
  'mindspeed-llm': mindspeedLlmFramework,
  torchtitan: torchtitanFramework,
  fsdp: fsdpFramework,
  accelerate: accelerateFramework,
  'hf-trainer': hfTrainerFramework,
  trl: trlFramework,
  axolotl: axolotlFramework,
  'llama-factory': llamaFactoryFramework,
  torchtune: torchtuneFramework,
  deepspeed: deepspeedFramework,
  'llm-foundry': llmFoundryFramework,
  'olmo-core': olmoCoreFramework,
  nanotron: nanotronFramework,
  maxtext: maxtextFramework,
  vtrain: vtrainFramework,
  aleph: alephFramework,
  'hai-llm': haiLlmFramework,
  generic: genericFramework,
  'any-framework': anyFrameworkFramework,
} as const satisfies Record<string, Framework>;

type FrameworkName = keyof typeof frameworks;

/** What a plan without `cluster.software` runs, and what stacks of no framework in particular are. */
export const defaultFramework: FrameworkName = 'generic';

/** The framework of this name; null where none has it. */
function frameworkNamed(name: string): Framework | null {
  return Object.hasOwn(frameworks, name) ? frameworks[name as FrameworkName] : null;
}

/** The framework that a stack is built on. Throws where its name is none: stacks are checked as they are read. */
export function frameworkOf({framework}: Pick<SoftwareStack, 'framework'>): Framework {
  const found = frameworkNamed(framework);
  if (found === null) throw new Error(`a stack of the unknown framework ${framework}`);
  return found;
}

/** Whether a stack is a framework by itself, and none that extends one. */
export function isFramework(stack: string): boolean {
  return frameworkNamed(stack) !== null;
}

/** The stack that a person means by a name: one of its spellings, whole; null where it is none. */
export function stackSpelt(name: string): string | null {
  const best = longestAlias(name, {}, () => true);
  return best?.length === name.trim().length ? best.stack : null;
}

/**
 * The stack that the words of a table of measurements mean: the one with the longest spelling among them; null
 * where none is.
 *
 * @param peak precisions of the device that ran: a name may have changed its meaning since older devices
 */
export function stackMeant(words: string, peak: Accelerator['peak']): string | null {
  return longestAlias(words, peak, ({inPlansOnly}) => inPlansOnly !== true)?.stack ?? null;
}

interface AliasMatch {
  readonly stack: string;
  /** Characters of the text that the spelling takes. */
  readonly length: number;
}

function longestAlias(
  text: string,
  peak: Accelerator['peak'],
  counts: (alias: FrameworkAlias) => boolean,
): AliasMatch | null {
  const name = text.trim().toLowerCase();
  if (isFramework(name)) return {stack: name, length: name.length};
  let best: AliasMatch | null = null;
  for (const framework of Object.values<Framework>(frameworks)) {
    for (const {pattern, needs, stack = framework.name} of framework.aliases.filter(counts)) {
      if (needs !== undefined && peak[needs] === undefined) continue;
      const length = pattern.exec(name)?.[0].length ?? 0;
      if (length > (best?.length ?? 0)) best = {stack, length};
    }
  }
  return best;
}
