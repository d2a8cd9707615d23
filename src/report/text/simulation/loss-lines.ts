import {numReplicas} from '../../../plan/plan.js';
import {formatCount, formatPercent} from '../../../units/format-quantity.js';
import type {Simulation} from '../../simulation.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';

/** What the loss of a training follows from, and how far its laws hold. */
export function lossLines(style: TerminalStyle, {plan, loss}: Simulation): string[] {
  const {law, inputs, batch, dilocoRatio, warnings} = loss;
  const {globalBatch, sequenceLength, tokens} = plan.training;
  const tokensOfBatch = globalBatch * numReplicas(plan) * sequenceLength;
  const counts = law.law.counts === 'without embeddings' ? ' without embeddings' : '';
  const notes = [
    `${law.law.title}: ${formatCount(inputs.parameters)} parameters${counts} on ${formatCount(tokens)} tokens, ${unit(law.law.unit)}`,
    `a batch of ${formatCount(tokensOfBatch)} tokens (best ${formatCount(batch.best)}, critical ${formatCount(batch.critical)}) makes ${formatPercent(batch.usefulShare)} of them count`,
    ...(dilocoRatio === 1
      ? []
      : [
          `${plan.diloco?.replicas} replicas that meet every ${plan.diloco?.innerSteps} steps: ${formatPercent(Math.abs(dilocoRatio - 1), 2)} ${dilocoRatio > 1 ? 'above' : 'below'} data parallel`,
        ]),
    ...warnings.map(warning => `beyond what the laws were fitted to: ${warning}`),
  ];
  return notes.flatMap(note => wrap(style, note, {indent: '  ', hanging: '    '}));
}

function unit(of: 'nats per token' | 'not stated'): string {
  return of === 'not stated' ? 'in a unit that it does not state' : of;
}
