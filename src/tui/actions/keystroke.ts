/** A key as the screens receive it: a typed character, a pasted text, or a named key. */
export type Keystroke =
  | {readonly name: 'text'; readonly text: string}
  /** Text that was pasted in one piece; never commands. */
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

/** The typed character; null for any other key. */
export function letter(key: Keystroke): string | null {
  return key.name === 'text' ? key.text : null;
}
