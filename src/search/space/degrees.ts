import {divisors} from '../../layout/divisors.js';
import {serialLayout} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';
import {choices} from './choices.js';
import {holds, type RulesByChoice} from './rules-by-choice.js';

/** Degrees of parallelism, of which each combination is searched apart. */
export type Degrees = Pick<Layout, 'tensor' | 'context' | 'pipeline' | 'data' | 'expert' | 'expertTensor'>;

/** Least number of tokens of a context rank. */
const leastTokensOfContextRank = 1024;

/** Every combination of degrees that the plan leaves open, in an order that depends on the plan alone. */
export function degreeCombinations(plan: Plan, rules: RulesByChoice): readonly Degrees[] {
  const {model, cluster} = plan;
  const devices = cluster.numDevices;
  const combinations: Degrees[] = [];
  for (const tensor of choices(plan, 'tensor', tensorDegrees(plan))) {
    for (const context of choices(plan, 'context', contextDegrees(plan, tensor))) {
      const perStage = Math.floor(devices / (tensor * context));
      for (const pipeline of choices(plan, 'pipeline', pipelineDegrees(plan, perStage))) {
        for (const data of choices(plan, 'data', [Math.floor(perStage / pipeline)])) {
          for (const expert of choices(plan, 'expert', divisors(model.experts?.numExperts ?? 1))) {
            for (const expertTensor of expertTensors(plan, tensor)) {
              const degrees = {tensor, context, pipeline, data, expert, expertTensor};
              if (holds(rules.degrees, {...serialLayout, ...degrees}, plan)) combinations.push(degrees);
            }
          }
        }
      }
    }
  }
  return combinations;
}

function tensorDegrees({model, cluster}: Plan): readonly number[] {
  return divisors(model.attention.numHeads).filter(tensor => cluster.numDevices % tensor === 0);
}

/** With balanced causal attention each rank takes an early and a late part of the sequence. */
function contextDegrees({training, cluster}: Plan, tensor: number): readonly number[] {
  if (cluster.software.supports.contextExchanges.length === 0) return [1];
  const {sequenceLength} = training;
  return divisors(cluster.numDevices / tensor).filter(
    context =>
      context === 1 ||
      (sequenceLength % (2 * context) === 0 && sequenceLength / context >= leastTokensOfContextRank),
  );
}

function pipelineDegrees({model, cluster}: Plan, devicesLeft: number): readonly number[] {
  if (cluster.software.supports.schedules.length === 0) return [1];
  return divisors(devicesLeft).filter(pipeline => pipeline <= model.numLayers);
}

/** Experts are split like the rest, or not at all. Without experts the degree has no effect. */
function expertTensors({model, pins}: Plan, tensor: number): readonly number[] {
  if (pins.expertTensor !== undefined) return [pins.expertTensor];
  return model.experts === null || tensor === 1 ? [tensor] : [1, tensor];
}
