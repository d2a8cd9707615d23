// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
const escapes = /\u001b\[[0-9;]*m/g;

/** East Asian wide and fullwidth characters and emoji take two columns: Unicode Standard Annex 11. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns that `text` takes in a terminal; escape sequences and combining marks take none. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text.replaceAll(escapes, '')) {
    if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) continue;
    columns += wide.test(character) ? 2 : 1;
  }
  return columns;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - displayWidth(text))) + text;
}

/** Plain text cut to `columns`, with dots where something is missing. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const dots = '.'.repeat(Math.min(2, columns));
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character) + dots.length > columns) break;
    kept += character;
  }
  return kept + dots;
}
