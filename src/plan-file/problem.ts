/** A mistake in a file that a person wrote: where, what, and what to do. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Dotted, such as `cluster.nodes`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** `file:line:column  path: what is wrong  (what to do)`; control characters of the input are not printed. */
export function formatProblem({file, line, column, path, message, hint}: Problem): string {
  const subject = path === '' ? message : `${path}: ${message}`;
  const text = `${file}:${line}:${column}  ${subject}${hint === '' ? '' : `  (${hint})`}`;
  return text.replaceAll(/\p{Cc}/gu, ' ');
}

/** Sorted as they stand in the files, each mistake once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map(problem => [formatProblem(problem), problem]));
  return [...unique.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.path, b.path),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export type PathSegment = string | number;

/** `topology`, 1, `bandwidth` as `topology[1].bandwidth`. */
export function formatPath(path: readonly PathSegment[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** The reverse of `formatPath`, for paths that hold no dot inside a key. */
export function parsePath(path: string): PathSegment[] {
  const parts = path.match(/[^.[\]]+|\[\d+\]/g) ?? [];
  return parts.map(part => (part.startsWith('[') ? Number(part.slice(1, -1)) : part));
}
