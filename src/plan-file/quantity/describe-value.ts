/** A value of a YAML file in words, for messages. */
export function kindOf(input: unknown): string {
  if (input === null || input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  return typeof input === 'string' ? `"${shorten(input)}"` : String(input);
}

/** Text of a file as it may stand in a message. */
export function shorten(text: string): string {
  const longest = 60;
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}
