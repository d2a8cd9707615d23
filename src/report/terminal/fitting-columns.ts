interface DroppableColumn {
  readonly columns: number;
  /** The highest number goes first if there is no room; 0 stays. */
  readonly drop: number;
}

/** The columns that fit into `room` with `gap` before each. They go one by one. */
export function fittingColumns<Column extends DroppableColumn>(
  all: readonly Column[],
  room: number,
  gap: number,
): readonly Column[] {
  const width = (shown: readonly Column[]) => shown.reduce((sum, {columns}) => sum + columns + gap, 0);
  let shown = all;
  while (width(shown) > room && shown.some(({drop}) => drop > 0)) {
    const highest = Math.max(...shown.map(({drop}) => drop));
    const last = shown.findLastIndex(({drop}) => drop === highest);
    shown = shown.filter((_, i) => i !== last);
  }
  return shown;
}
