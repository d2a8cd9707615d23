// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
const escapes = /\u001b\[[0-9;]*m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
const escapeOrCharacter = /\u001b\[[0-9;]*m|./gsu;

/** East Asian wide and fullwidth characters and emoji take two columns: Unicode Standard Annex 11. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns that `text` takes in a terminal; escape sequences and combining marks take none. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (isNarrow(code)) columns += 1;
    else if (code === escapeCode && text.charCodeAt(i + 1) === bracket) i = endOfEscape(text, i);
    else return columns + measuredWidth(text.slice(i).replaceAll(escapes, ''));
  }
  return columns;
}

const escapeCode = 0x1b;
const bracket = 0x5b;
const letterM = 0x6d;

/** What most text is made of: printable ASCII, and lines, blocks and dots of U+2500 to U+28FF that are one column wide. */
function isNarrow(code: number): boolean {
  if (code >= 0x20 && code <= 0x7e) return true;
  return (code >= 0x2500 && code <= 0x25fc) || (code >= 0x2800 && code <= 0x28ff);
}

/** Last character of the sequence that starts at `start`; the start itself where it is none that ends. */
function endOfEscape(text: string, start: number): number {
  for (let i = start + 2; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === letterM) return i;
    const isParameter = (code >= 0x30 && code <= 0x39) || code === 0x3b;
    if (!isParameter) break;
  }
  return start;
}

function measuredWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

function characterWidth(character: string): number {
  if (character.length === 1 && isNarrow(character.charCodeAt(0))) return 1;
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/**
 * Text, colours included, as exactly `columns`: cut where it is longer, filled with spaces where it is
 * shorter. A colour that is still on at the cut is turned off.
 */
export function fit(text: string, columns: number): string {
  const width = displayWidth(text);
  if (width === columns) return text;
  return width < columns ? text + ' '.repeat(columns - width) : cut(text, columns);
}

function cut(text: string, columns: number): string {
  let kept = '';
  let used = 0;
  let colored = false;
  for (const [piece] of text.matchAll(escapeOrCharacter)) {
    if (piece.startsWith('\u001b')) {
      colored = piece !== '\u001b[0m';
      kept += piece;
      continue;
    }
    const next = characterWidth(piece);
    if (used + next > columns) break;
    used += next;
    kept += piece;
  }
  return `${kept}${colored ? '\u001b[0m' : ''}${' '.repeat(columns - used)}`;
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
