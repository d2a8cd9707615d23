/** A key as the screens know it: text that was typed, or a key with a name. */
export type Keystroke =
  | {readonly name: 'text'; readonly text: string}
  /** What was pasted in one piece: text, never commands. */
  | {readonly name: 'paste'; readonly text: string}
  | {readonly name: NamedKey};

export type NamedKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'pageUp'
  | 'pageDown'
  | 'home'
  | 'end'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'backTab'
  | 'backspace'
  | 'interrupt'
  | 'redo';

/** What was typed, or null for a text key of which `text` is none of these. */
export function letter(key: Keystroke): string | null {
  return key.name === 'text' ? key.text : null;
}
