/** Suggestions for misspelt keys, names and units. */

/** The known word that is closest to `word`, or null when none is close enough to be meant. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const wanted = fold(word);
  const longestWord = 64;
  // One character is as near to any other.
  if (wanted.length < 2 || wanted.length > longestWord) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 0.5;
  for (const candidate of known) {
    const folded = fold(candidate);
    // An abbreviation means the shortest word that it begins.
    const isBeginning = wanted.length >= 3 && folded.startsWith(wanted);
    const distance = isBeginning ? folded.length / longestWord : editDistance(wanted, folded);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** "did you mean X? one of A, B, C", with the list cut where it would fill the screen. */
export function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return 'there are none';
  const nearest = nearestWord(word, known);
  const shown = nearest === null ? 16 : 8;
  const list = known.slice(0, shown).join(', ') + (known.length > shown ? ', ...' : '');
  if (known.length === 1) return nearest === null ? `write ${list}` : `did you mean ${list}?`;
  const choices = `one of ${list}`;
  return nearest === null ? choices : `did you mean ${nearest}? ${choices}`;
}

/** Case and the choice of separator are not what a person misspells. */
function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[_\s]/g, '-');
}

/** Damerau-Levenshtein distance (optimal string alignment): insert, delete, replace, swap neighbours. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current[j] = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + cost,
        swapped ? (beforePrevious[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
