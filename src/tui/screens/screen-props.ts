import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import type {State} from '../state/state.js';

/** Properties of the body of a screen, which fills the lines between the headline and the hints. */
export interface ScreenProps {
  readonly style: TerminalStyle;
  readonly state: State;
  readonly rows: number;
}
