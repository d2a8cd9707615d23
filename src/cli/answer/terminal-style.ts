import type {TerminalStyle} from '../../report/terminal/terminal-style.js';

/** What decides how a page looks. */
export interface TerminalEnv {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Width of standard output; undefined if it is no terminal. */
  readonly columns: number | undefined;
  readonly isTTY: boolean;
}

/** Columns if the terminal does not report them. */
const defaultWidth = 80;

/** The page that the standard output is. */
export function terminalStyle({env, platform, columns, isTTY}: TerminalEnv): TerminalStyle {
  const stated = Number(env.COLUMNS);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return {
    width: columns ?? (Number.isInteger(stated) && stated > 0 ? stated : defaultWidth),
    // no-color.org: the variable counts when it is not empty.
    color: isTTY && !env.NO_COLOR && env.TERM !== 'dumb',
    // The font of the Linux console lacks most of the characters of bars and charts.
    unicode:
      env.TERM !== 'linux' && (/utf-?8/i.test(locale) || platform === 'win32' || platform === 'darwin'),
  };
}

/** The page that this process writes on. */
export function stdoutStyle(): TerminalStyle {
  const {env, platform, stdout} = process;
  return terminalStyle({env, platform, columns: stdout.columns, isTTY: stdout.isTTY === true});
}
