/**
 * A fraction as percent with one decimal.
 *
 * @param {number} fraction
 */
export function percent(fraction) {
  return `${(fraction * 100).toFixed(1)} %`;
}

/**
 * The same, and no text where there is no figure.
 *
 * @param {number | null | undefined} fraction
 */
export function percentOrNothing(fraction) {
  return fraction == null ? '' : percent(fraction);
}

/**
 * A fraction as percent with its sign.
 *
 * @param {number} fraction
 */
export function signedPercent(fraction) {
  return `${signed(fraction * 100, 1)} %`;
}

/**
 * A difference of two fractions in percentage points.
 *
 * @param {number} fraction
 * @param {number} digits behind the point
 */
export function points(fraction, digits) {
  return `${signed(fraction * 100, digits)} points`;
}

/**
 * A number with its sign, and none where it rounds to zero.
 *
 * @param {number} value
 * @param {number} digits behind the point
 */
function signed(value, digits) {
  const text = value.toFixed(digits);
  if (Number(text) === 0) return text.replace('-', '');
  return value > 0 ? `+${text}` : text;
}

/**
 * How far a prediction lies from what was published, as a fraction of the latter.
 *
 * @param {number} predicted
 * @param {number} published
 */
export function errorOf(predicted, published) {
  return predicted / published - 1;
}

/**
 * Mean and worst of absolute errors, in words.
 *
 * @param {readonly number[]} errors
 */
export function meanAndWorst(errors) {
  const absolute = errors.map(Math.abs);
  const mean = absolute.reduce((sum, error) => sum + error, 0) / absolute.length;
  return `Mean absolute error ${percent(mean)}, worst ${percent(Math.max(...absolute))}.`;
}
