/** Standard deviations from the median of a normal distribution beyond which a tenth of it lies. */
export const tenthDeviate = 1.2815515655446004;
