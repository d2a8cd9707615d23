/**
 * Solves `matrix` x = `right` for a symmetric positive definite matrix by Cholesky's decomposition.
 *
 * @param matrix n rows of n; not changed
 * @throws RangeError where the matrix is not positive definite
 */
export function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  return substitute(cholesky(matrix), right);
}

/** Diagonal of the inverse of a symmetric positive definite matrix. */
export function inverseDiagonal(matrix: readonly (readonly number[])[]): number[] {
  const factor = cholesky(matrix);
  return matrix.map((_, i) => substitute(factor, unit(i, matrix.length))[i] as number);
}

function unit(index: number, length: number): number[] {
  return Array.from({length}, (_, i) => (i === index ? 1 : 0));
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  matrix.forEach((row, i) => {
    const own: number[] = [];
    factor.push(own);
    for (let j = 0; j <= i; j += 1) {
      const other = factor[j] as number[];
      let rest = row[j] as number;
      for (let k = 0; k < j; k += 1) rest -= (own[k] as number) * (other[k] as number);
      if (i !== j) own.push(rest / (other[j] as number));
      else if (rest > 0) own.push(Math.sqrt(rest));
      else throw new RangeError('the matrix is not positive definite');
    }
  });
  return factor;
}

function substitute(factor: readonly (readonly number[])[], right: readonly number[]): number[] {
  const at = (i: number, j: number) => factor[i]?.[j] as number;
  const half: number[] = [];
  right.forEach((value, i) => {
    let rest = value;
    for (let k = 0; k < i; k += 1) rest -= at(i, k) * (half[k] as number);
    half.push(rest / at(i, i));
  });
  const solution = [...half];
  for (let i = right.length - 1; i >= 0; i -= 1) {
    let rest = half[i] as number;
    for (let k = i + 1; k < right.length; k += 1) rest -= at(k, i) * (solution[k] as number);
    solution[i] = rest / at(i, i);
  }
  return solution;
}
