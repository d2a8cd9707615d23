import {displayWidth, fit, truncate} from '../../report/page/display-width.js';
import type {TerminalStyle} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {screens, screenTabs} from '../state/screen-name.js';
import {isUnsaved, type State} from '../state/state.js';

/** Least width at which the tabs show their titles. */
const wideColumns = 100;

/** The plan's name at the left, the tabs of the screens at the right. */
export function titleBar(page: TerminalStyle, state: State): string {
  const tabs = page.width < wideColumns ? shortTabs(page, state) : longTabs(page, state);
  const name = state.document.at(['name']) ?? state.file.path ?? 'new plan';
  const changed = isUnsaved(state) ? ' *' : '';
  const room = page.width - displayWidth(tabs) - ' walltime  '.length - 3 - changed.length;
  const left = ` ${paint(page, 'title', 'walltime')}  ${truncate(unquoted(name), Math.max(4, room))}${paint(page, 'warning', changed)}`;
  return `${fit(left, Math.max(0, page.width - displayWidth(tabs) - 1))}${tabs} `;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}

function longTabs(page: TerminalStyle, state: State): string {
  const tabs = screens.map(screen => {
    const {key, title} = screenTabs[screen];
    const isOpen = screen === state.screen;
    return isOpen ? paint(page, 'selected', ` ${title} `) : `${paint(page, 'quiet', key)} ${title}`;
  });
  return [...tabs, `${paint(page, 'quiet', '?')} keys`].join('  ');
}

function shortTabs(page: TerminalStyle, state: State): string {
  const others = screens.filter(screen => screen !== state.screen).map(screen => screenTabs[screen].key);
  const {title} = screenTabs[state.screen];
  return `${paint(page, 'selected', ` ${title} `)} ${paint(page, 'quiet', `${others.join(' ')} ? keys`)}`;
}
