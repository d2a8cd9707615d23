import {asNode, nameOf, visit} from './syntax.mjs';

/** @typedef {{readonly start: number, readonly message: string}} Finding */
/** @typedef {{readonly type: 'Line' | 'Block', readonly value: string, readonly start: number}} Comment */

/** First words that need the name of a type or the sentence before to make sense. */
const dangling = /^(Of|Where|Below|From|That|Told)\b/;

/** Words of comments, and what to write in their place. */
const wordRules = [
  [/\banew\b/i, 'anew', 'again'],
  [/(?<!\b(?:hid(?:e|es|ing|den)|overlapp?(?:s|ed|ing)?) )\bbehind\b/i, 'behind', 'after'],
  [/\bbeside\b/i, 'beside', 'in addition to, next to'],
  [/\b(?:tells?|told|telling)\b/i, 'tell', 'show, report, return'],
  [/\b(?:says?|said|saying)\b/i, 'say', 'state, show'],
  [/\b(?:lies?|lying)\b/i, 'lie', 'be, be placed'],
  [/\bmend(?:s|ed|ing)?\b/i, 'mend', 'fix'],
  [/\b(?:nobody|somebody)\b/i, 'nobody', 'not specified'],
  [/\bso (?:many|much|long|few)\b/i, 'so many', 'the name of the number'],
  [/\bwork(?:s|ed|ing)? off\b/i, 'work off', 'process'],
  [
    /\ba training(?=\s*(?:[.,;:)]|$|\b(?:of|that|which|is|on|in|with|takes|may|can|does|has|and|or)\b))/im,
    'a training',
    'a training run',
  ],
];

/** Words that no name may hold. */
const wordsOfNames = new Set(['anew', 'behind', 'beside', 'told', 'tell', 'tells', 'mend', 'nobody']);

/**
 * Doc comments that do not stand alone.
 *
 * @param {readonly Comment[]} comments
 * @returns {Finding[]}
 */
export function danglingComments(comments) {
  return comments.flatMap(({type, value, start}) => {
    if (type !== 'Block' || !value.startsWith('*')) return [];
    const word = dangling.exec(value.replace(/^[*\s]+/, ''))?.[1];
    return word === undefined
      ? []
      : [{start, message: `a doc comment that starts with "${word}" needs its neighbours to make sense`}];
  });
}

/**
 * Banned words in comments and in declared names.
 *
 * @param {readonly Comment[]} comments
 * @param {unknown} program
 * @returns {Finding[]}
 */
export function bannedWords(comments, program) {
  const inComments = comments.flatMap(({value, start}) =>
    wordRules.flatMap(([pattern, word, instead]) => {
      const match = /** @type {RegExp} */ (pattern).exec(value);
      return match === null
        ? []
        : [{start: start + 2 + match.index, message: `"${word}" in a comment: ${instead}`}];
    }),
  );
  /** @type {Finding[]} */
  const inNames = [];
  visit(asNode(program), null, (node, parent) => {
    if (node.type !== 'Identifier' || !declares(parent, node)) return;
    const name = nameOf(node) ?? '';
    const word = wordsOf(name).find(part => wordsOfNames.has(part));
    if (word !== undefined) inNames.push({start: node.start, message: `"${word}" in the name ${name}`});
  });
  return [...inComments, ...inNames];
}

/**
 * @param {import('./syntax.mjs').Node | null} parent
 * @param {import('./syntax.mjs').Node} node
 */
function declares(parent, node) {
  if (parent === null) return false;
  const named = parent.type.startsWith('TS') ? parent.key === node : parent.id === node;
  return named || [parent.params].flat().includes(node);
}

/** numTimesTold -> num, times, told. @param {string} name */
function wordsOf(name) {
  return name.split(/(?=[A-Z])|_/).map(part => part.toLowerCase());
}
