/** A remark on a line of a file, as GitHub shows it in a pull request. */
export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * The annotation as a workflow command: GitHub documentation, "Workflow commands for GitHub Actions",
 * "Setting an error message". Escapes as in actions/toolkit, packages/core/src/command.ts.
 */
export function githubAnnotation({level, file, line, column, message}: Annotation): string {
  return `::${level} file=${property(file)},line=${line},col=${column},title=walltime::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
