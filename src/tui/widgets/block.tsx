import {Box, Transform} from 'ink';
import {displayWidth, fit} from '../../report/terminal/display-width.js';

export interface BlockProps {
  readonly lines: readonly string[];
  readonly columns: number;
  readonly rows: number;
}

/**
 * Drawn lines as one element of `columns` x `rows`; what is longer is cut.
 *
 * ink keeps every text that it has measured (measure-text.js of 6.8.0 has a cache without an end), so an
 * hour of changing figures would grow the process by each line ever shown. Here the size is given: ink
 * measures and places empty lines, and the transform fills them in when they are written.
 */
export function Block({lines, columns, rows}: BlockProps) {
  const line = (_: string, row: number) => cutTo(lines[row] ?? '', columns);
  return (
    <Box width={columns} height={rows} flexShrink={0}>
      <Transform transform={line}>{'\n'.repeat(rows - 1) || ' '}</Transform>
    </Box>
  );
}

function cutTo(line: string, columns: number): string {
  return displayWidth(line) > columns ? fit(line, columns) : line;
}
