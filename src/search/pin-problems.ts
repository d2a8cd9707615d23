import {withDefaults} from '../frameworks/complete-layout.js';
import {problemsOf, refusingRules} from '../frameworks/problems.js';
import {type LayoutFieldName, serialLayout} from '../layout/fields.js';
import type {Layout} from '../layout/layout.js';
import {checkRule, type LayoutProblem} from '../layout/rule.js';
import type {Plan} from '../plan/plan.js';
import {layoutSpace} from './space/layout-space.js';

/**
 * Why no layout holds what a plan pins; empty when some layout does.
 *
 * A rule whose fields are all pinned is broken whatever the others become. Where pins leave no layout for
 * another reason, what the framework's defaults make of them shows why.
 */
export function pinProblems(plan: Plan): readonly LayoutProblem[] {
  const devices = devicesProblems(plan);
  if (devices.length > 0) return devices;
  const {pins} = plan;
  const decided = decidedFields(plan);
  const layout: Layout = {...serialLayout, ...decided};
  const certain = refusingRules(plan.cluster.software)
    .filter(({fields}) => fields.every(field => decided[field] !== undefined))
    .flatMap(rule => checkRule(rule, layout, plan) ?? []);
  if (certain.length > 0 || Object.keys(pins).length === 0 || layoutSpace(plan).next().done === false) {
    return certain;
  }
  return problemsOf(withDefaults(pins, plan), plan).filter(({fields}) =>
    fields.some((field: LayoutFieldName) => pins[field] !== undefined),
  );
}

/** What is pinned, and the data degree where all other degrees of the devices are. */
function decidedFields({pins, cluster: {numDevices}}: Plan): Partial<Layout> {
  const {tensor, pipeline, context} = pins;
  if (pins.data !== undefined || tensor === undefined || pipeline === undefined || context === undefined)
    return pins;
  return {...pins, data: numDevices / (tensor * pipeline * context)};
}

/** Without a data degree the others must divide the devices; with all of them their product counts. */
function devicesProblems(plan: Plan): readonly LayoutProblem[] {
  const {
    pins,
    cluster: {numDevices},
  } = plan;
  const {tensor = 1, pipeline = 1, context = 1, data = 1} = pins;
  const others = tensor * context * pipeline * data;
  if (numDevices % others === 0) return [];
  if (pins.tensor !== undefined && pins.pipeline !== undefined && pins.data !== undefined) {
    const layout = {...serialLayout, ...pins};
    return refusingRules(plan.cluster.software)
      .filter(({code}) => code === 'world-size')
      .flatMap(rule => checkRule(rule, layout, plan) ?? []);
  }
  const stated = (['tensor', 'context', 'pipeline', 'data'] as const).filter(
    degree => pins[degree] !== undefined,
  );
  const factors = stated.map(degree => `${degree} ${pins[degree]}`);
  return [
    {
      code: 'devices-per-degrees',
      path: 'layout',
      fields: stated,
      facts: {product: others, devices: numDevices},
      message: `${factors.join(' x ')}${factors.length > 1 ? ` = ${others}` : ''} does not divide the ${numDevices} devices of the cluster`,
      hint: 'choose degrees whose product divides the number of devices',
    },
  ];
}
