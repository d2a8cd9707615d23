/** Divisors of `n`, smallest first. */
export function divisors(n: number): number[] {
  const found: number[] = [];
  for (let d = 1; d * d <= n; d += 1) {
    if (n % d !== 0) continue;
    found.push(d);
    if (d * d !== n) found.push(n / d);
  }
  return found.sort((a, b) => a - b);
}
