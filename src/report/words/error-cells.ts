import type {Accuracy} from '../../calibration/accuracy.js';
import {formatPercent} from '../../units/format-quantity.js';

/** MAPE, median, p90, bias and worst; empty cells where there is nothing to compare. */
export function errorCells(accuracy: Accuracy | null): readonly string[] {
  return [
    percent(accuracy?.meanAbsoluteError),
    percent(accuracy?.medianAbsoluteError),
    percent(accuracy?.p90AbsoluteError),
    signedPercent(accuracy?.bias),
    percent(accuracy?.worstAbsoluteError),
  ];
}

/** Empty where there is no figure. */
export function percent(fraction: number | undefined | null): string {
  return fraction == null ? '' : formatPercent(fraction);
}

export function signedPercent(fraction: number | undefined | null): string {
  return fraction == null ? '' : `${fraction > 0 ? '+' : ''}${formatPercent(fraction)}`;
}
