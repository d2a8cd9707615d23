/** Terminal that text is drawn for. Drawing is a pure function of the data and the style. */
export interface TerminalStyle {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  /** Block characters may be used; otherwise everything is ASCII. */
  readonly unicode: boolean;
}

/** Narrower terminals are drawn as if they had this many columns: a figure and its name need them. */
export const narrowestTerminal = 24;
/** Lines of prose and bars stop here, so that the eye finds the next line. */
const widestText = 100;

/** Columns that text may fill. */
export function textWidth({width}: TerminalStyle): number {
  return Math.max(narrowestTerminal, Math.min(width, widestText));
}
