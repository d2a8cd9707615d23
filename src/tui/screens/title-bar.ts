import {displayWidth, fit, truncate} from '../../report/terminal/display-width.js';
import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {screens, screenTabs} from '../state/screen-name.js';
import {isUnsaved, type State} from '../state/state.js';

/** Least width at which the tabs show their titles. */
const wideColumns = 100;

/** The plan's name at the left, the tabs of the screens at the right. */
export function titleBar(style: TerminalStyle, state: State): string {
  const tabs = style.width < wideColumns ? shortTabs(style, state) : longTabs(style, state);
  const name = state.document.at(['name']) ?? state.file.path ?? 'new plan';
  const changed = isUnsaved(state) ? ' *' : '';
  const room = style.width - displayWidth(tabs) - ' walltime  '.length - 3 - changed.length;
  const left = ` ${paint(style, 'title', 'walltime')}  ${truncate(unquoted(name), Math.max(4, room))}${paint(style, 'warning', changed)}`;
  return `${fit(left, Math.max(0, style.width - displayWidth(tabs) - 1))}${tabs} `;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}

function longTabs(style: TerminalStyle, state: State): string {
  const tabs = screens.map(screen => {
    const {key, title} = screenTabs[screen];
    const isOpen = screen === state.screen;
    return isOpen ? paint(style, 'selected', ` ${title} `) : `${paint(style, 'quiet', key)} ${title}`;
  });
  return [...tabs, `${paint(style, 'quiet', '?')} keys`].join('  ');
}

function shortTabs(style: TerminalStyle, state: State): string {
  const others = screens.filter(screen => screen !== state.screen).map(screen => screenTabs[screen].key);
  const {title} = screenTabs[state.screen];
  return `${paint(style, 'selected', ` ${title} `)} ${paint(style, 'quiet', `${others.join(' ')} ? keys`)}`;
}
