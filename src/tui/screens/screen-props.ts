import type {TerminalStyle} from '../../report/page/page.js';
import type {State} from '../state/state.js';

/** Properties of the body of a screen, which fills the lines between the headline and the hints. */
export interface ScreenProps {
  readonly page: TerminalStyle;
  readonly state: State;
  readonly rows: number;
}
