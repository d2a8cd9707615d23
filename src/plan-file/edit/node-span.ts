import {isCollection, isPair, isScalar, type Node, type YAMLMap} from 'yaml';

/** Spans of the nodes of a YAML document in its text. */

/** A key without a value. */
export function isEmpty(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  return isScalar(node) && node.value === null && rangeOf(node)[0] === rangeOf(node)[1];
}

/** End of a node's text, without the comments and blank lines after it. */
export function contentEnd(node: unknown): number {
  if (isPair(node)) return isEmpty(node.value) ? endOf(node.key) + 1 : contentEnd(node.value);
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return contentEnd(node.items.at(-1));
  return endOf(node);
}

/** End of a node's text. */
export function endOf(node: unknown): number {
  return rangeOf(node)[1];
}

/** First and last offset of a node's text. */
export function rangeOf(node: unknown): readonly [number, number] {
  const range = (node as Partial<Node> | null)?.range;
  if (range === undefined || range === null) throw new Error('a parsed node has its range');
  return [range[0], range[1]];
}

/** End of the line that holds `offset`, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** What stands before the first key of a block map. */
export function indentOf(text: string, map: YAMLMap): string {
  const start = rangeOf(map.items[0]?.key)[0];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(lineStart, start).replaceAll(/[^\t]/g, ' ');
}
