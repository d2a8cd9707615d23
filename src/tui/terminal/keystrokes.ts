import type {Key} from 'ink';
import type {Keystroke, NamedKey} from '../actions/keystroke.js';

const namedKeys: readonly (readonly [keyof Key, NamedKey])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  // Terminals send the delete code for the backspace key.
  ['delete', 'backspace'],
];

const controlKeys: Readonly<Record<string, NamedKey>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007f': 'backspace',
  '\u0003': 'interrupt',
  '\u0012': 'redo',
};

/** Marks that a terminal puts around what is pasted, without the escape character, which ink strips. */
const pasteBegins = '[200~';
const pasteEnds = '[201~';

/** Makes a reader that turns ink's input into keystrokes. The pieces of a paste become one keystroke. */
export function makeKeyReader(): (input: string, key: Key) => readonly Keystroke[] {
  let pasted: string | null = null;
  return (input, key) => {
    if (input === pasteBegins) pasted = '';
    else if (pasted === null) return keystrokesOf(input, key);
    else if (input === pasteEnds) {
      const text: string = pasted;
      pasted = null;
      return [{name: 'paste', text}];
    } else pasted += key.return || key.tab ? ' ' : input;
    return [];
  };
}

/** Keystrokes of one input. Quick typing arrives in one piece. */
function keystrokesOf(input: string, key: Key): readonly Keystroke[] {
  if (key.ctrl) {
    const name = {c: 'interrupt', r: 'redo'}[input] as NamedKey | undefined;
    return name === undefined ? [] : [{name}];
  }
  if (key.tab) return [{name: key.shift ? 'backTab' : 'tab'}];
  const found = namedKeys.find(([field]) => key[field] === true);
  if (found !== undefined) return [{name: found[1]}];
  if (key.meta) return [];
  return [...input].flatMap((character): Keystroke[] => {
    const control = controlKeys[character];
    if (control !== undefined) return [{name: control}];
    return /\p{Cc}/u.test(character) ? [] : [{name: 'text', text: character}];
  });
}
