import type {Framework} from '../../src/frameworks/framework.js';
import {frameworkOf} from '../../src/frameworks/registry.js';
import type {SoftwareStack} from '../../src/frameworks/stack.js';
import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import type {RuleSubject} from '../../src/layout/rule.js';
import type {Transformer} from '../../src/model/transformer.js';
import type {Training} from '../../src/plan/training.js';
import {mixtral} from '../model/shapes.js';
import {handCluster} from '../pipeline/hand-machine.js';
import {makePlanFor} from '../plan-maker.js';

/** What a case of a rule changes about a mixture of 32 layers on 64 devices. */
export interface RuleCase {
  readonly layout?: Partial<Layout>;
  readonly model?: Partial<Transformer>;
  readonly training?: Partial<Training>;
  readonly software?: Partial<SoftwareStack>;
  readonly diloco?: RuleSubject['diloco'];
}

/** A framework of the registry by its own name. */
export function frameworkCalled(name: string): Framework {
  return frameworkOf({framework: name});
}

/** A case's layout, and what it is checked against. */
export function checkedCase({layout, model, training, software, diloco = null}: RuleCase): {
  readonly layout: Layout;
  readonly subject: RuleSubject;
} {
  const cluster = handCluster(64);
  return {
    layout: {...serialLayout, ...layout},
    subject: {
      model: {...mixtral, ...model},
      training: {...makePlanFor({}).training, ...training},
      cluster: {...cluster, software: {...cluster.software, ...software}},
      diloco,
    },
  };
}
