import type {LossChoice, OwnLoss} from '../../plan/plan.js';
import type {PathSegment} from '../problem.js';
import type {PlanFields} from '../schema/plan-schema.js';
import type {Finding} from '../source.js';

type LossFields = NonNullable<PlanFields['loss']>;

/** What is wrong with a plan's loss law; its formula is compiled, and the parser loaded, only where there is one. */
export async function lossFindings(fields: PlanFields['loss']): Promise<Finding[]> {
  if (fields === undefined) return [];
  const {law, expression, constants} = fields;
  if (law !== undefined && expression !== undefined)
    return [finding(['expression'], 'the loss law is given twice', 'keep law or expression')];
  if (law === undefined && expression === undefined)
    return [
      finding([], 'names no law', 'write law: and one of the published laws, or expression: and a formula'),
    ];
  if (expression === undefined)
    return constants === undefined
      ? []
      : [finding(['constants'], 'a published law has its own', 'take them out, or write an expression')];
  const own = await checkedOwnLoss(expression, constants);
  if (!('problems' in own)) return [];
  return own.problems.map(({at, message, hint}) =>
    at === 'expression'
      ? finding(['expression'], message, hint)
      : {...finding(['constants', at.constant], message, hint), at: 'key'},
  );
}

/** The loss law of a plan without findings; null: the usual one. */
export async function lossChoice(fields: PlanFields['loss']): Promise<LossChoice | null> {
  if (fields?.law !== undefined) return {law: fields.law};
  if (fields?.expression === undefined) return null;
  const own = await checkedOwnLoss(fields.expression, fields.constants);
  if ('problems' in own) throw new Error('a plan without findings has a loss law that is right');
  return own;
}

async function checkedOwnLoss(expression: string, constants: LossFields['constants']) {
  const {checkOwnLoss} = await import('../../scaling/loss/check-own-loss.js');
  return checkOwnLoss({expression, constants: lossConstants(constants)});
}

/** The constants of a formula, each a number or a number with its standard error. */
function lossConstants(constants: LossFields['constants']): OwnLoss['constants'] {
  const entries = Object.entries(constants ?? {}).map(([name, constant]) => {
    const {value, standard_error: error} =
      typeof constant === 'number' ? {value: constant, standard_error: undefined} : constant;
    return [name, {value, standardError: error ?? null}] as const;
  });
  return Object.fromEntries(entries);
}

function finding(path: readonly PathSegment[], message: string, hint: string): Finding {
  return {path: ['loss', ...path], at: 'value', message, hint};
}
