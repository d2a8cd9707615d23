import {displayWidth, fit, truncate} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import type {ScreenName} from '../state/screen-name.js';
import {isUnsaved, type State} from '../state/state.js';
import {rule} from '../widgets/rule.js';
import {headline} from './headline.js';

/** Lines of the frame around a screen: title, rule, headline, rule; rule, keys. */
export const frameRows = 6;

const tabs: readonly {readonly screen: ScreenName; readonly key: string; readonly name: string}[] = [
  {screen: 'plan', key: 'esc', name: 'Plan'},
  {screen: 'layout', key: 'l', name: 'Layout'},
  {screen: 'what-if', key: 'w', name: 'What-if'},
  {screen: 'calendar', key: 'c', name: 'Calendar'},
  {screen: 'compare', key: 'm', name: 'Compare'},
];

/** Puts a screen's body into the frame that every screen has. */
export function frame(page: Page, state: State, body: readonly string[], keys: string): string[] {
  return [
    titleLine(page, state),
    rule(page),
    headline(page, state),
    rule(page),
    ...body,
    rule(page),
    footLine(page, state, keys),
  ].map(line => fit(line, page.width));
}

function titleLine(page: Page, state: State): string {
  const shown = page.width < 100 ? shortTabs(page, state) : longTabs(page, state);
  const name = state.document.at(['name']) ?? state.file.path ?? 'new plan';
  const changed = isUnsaved(state) ? ' *' : '';
  const room = page.width - displayWidth(shown) - ' walltime  '.length - 3 - changed.length;
  const left = ` ${paint(page, 'title', 'walltime')}  ${truncate(unquoted(name), Math.max(4, room))}${paint(page, 'warning', changed)}`;
  return `${fit(left, Math.max(0, page.width - displayWidth(shown) - 1))}${shown} `;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}

function longTabs(page: Page, state: State): string {
  const shown = tabs.map(({screen, key, name}) => {
    const here = screen === state.screen;
    return here ? paint(page, 'selected', ` ${name} `) : `${paint(page, 'quiet', key)} ${name}`;
  });
  return [...shown, `${paint(page, 'quiet', '?')} keys`].join('  ');
}

function shortTabs(page: Page, state: State): string {
  const here = tabs.find(({screen}) => screen === state.screen);
  const others = tabs.filter(tab => tab !== here).map(({key}) => key);
  return `${paint(page, 'selected', ` ${here?.name ?? ''} `)} ${paint(page, 'quiet', `${others.join(' ')} ? keys`)}`;
}

function footLine(page: Page, {message}: State, keys: string): string {
  if (message === null) return ` ${paint(page, 'quiet', keys)}`;
  const color = message.kind === 'quiet' ? 'title' : message.kind;
  return ` ${paint(page, color, truncate(message.text, page.width - 2))}`;
}
