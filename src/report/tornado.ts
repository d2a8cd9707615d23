import type {FasterWay} from '../search/sensitivity/faster-ways.js';
import type {Measure} from '../search/sensitivity/replan.js';
import {type Change, type Sensitivity, swing} from '../search/sensitivity/sensitivities.js';
import {formatNumber, formatPercent} from '../units/format-quantity.js';

/** One row of a tornado chart: what makes the plan worse to the left, what makes it better to the right. */
export interface TornadoRow {
  readonly name: string;
  readonly worse: TornadoSide;
  readonly better: TornadoSide;
  /** Changes that leave nothing that fits, as words. */
  readonly infeasible: readonly string[];
}

export interface TornadoSide {
  /** The furthest change to this side; 0 where there is none. */
  readonly share: number;
  /** Every change to this side: `x 2 +12 %`; a star where the layout is another one then. */
  readonly label: string;
}

/** Rows by how far they swing; what swings by nothing is left out. */
export function tornadoRows(sensitivities: readonly Sensitivity[]): readonly TornadoRow[] {
  const moves = (sensitivity: Sensitivity) =>
    swing(sensitivity) >= leastShown || sensitivity.changes.some(({faster}) => faster === null);
  return [...sensitivities]
    .filter(moves)
    .sort((a, b) => swing(b) - swing(a))
    .map(({name, changes}) => ({
      name,
      worse: side(changes.filter(({faster}) => faster !== null && faster <= -leastShown)),
      better: side(changes.filter(({faster}) => faster !== null && faster >= leastShown)),
      infeasible: changes.filter(({faster}) => faster === null).map(({word}) => `${word} does not fit`),
    }));
}

/** Names of what moves the answer by less than a thousandth. */
export function withoutEffect(sensitivities: readonly Sensitivity[]): readonly string[] {
  return sensitivities
    .filter(one => swing(one) < leastShown && one.changes.every(({faster}) => faster !== null))
    .map(({name, changes}) => (changes.length === 1 ? `${name} ${changes[0]?.word ?? ''}`.trim() : name));
}

const leastShown = 0.001;

function side(changes: readonly Change[]): TornadoSide {
  const share = changes.reduce((most, {faster}) => Math.max(most, Math.abs(faster ?? 0)), 0);
  const label = changes
    .map(({word, faster, newLayout}) => `${word} ${signed(faster ?? 0)}${newLayout === null ? '' : '*'}`)
    .join(', ');
  return {share, label};
}

function signed(share: number): string {
  return `${share > 0 ? '+' : ''}${formatPercent(share, 2)}`;
}

/** What a share of the measure is called. */
export const measureLabels: Readonly<Record<Measure, string>> = {
  time: 'faster',
  cost: 'cheaper',
  energy: 'less energy',
};

/** One way to the wanted speed in words: `node bandwidth x 1.6`, or what it gives at most. */
export function formatFasterWay({name, factor, word, reaches, faster}: FasterWay, measure: Measure): string {
  const gain = `${signed(faster)} ${measureLabels[measure]}`;
  if (!reaches) return `${name}${word === null ? '' : ` ${word}`}: at most ${gain}`;
  if (word !== null) return `${name} ${word}: ${gain}`;
  const change =
    factor === null ? '' : factor >= 1 ? ` x ${formatNumber(factor)}` : ` / ${formatNumber(1 / factor)}`;
  return `${name}${change}: ${gain}`;
}
