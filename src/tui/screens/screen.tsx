import {Box} from 'ink';
import type {ComponentType} from 'react';
import {truncate} from '../../report/page/display-width.js';
import type {TerminalStyle} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import type {ScreenName} from '../state/screen-name.js';
import type {State} from '../state/state.js';
import {Block} from '../widgets/block.js';
import {rule} from '../widgets/rule.js';
import {CalendarScreen, calendarHints} from './calendar/calendar-screen.js';
import {CompareScreen, compareHints} from './compare-screen.js';
import {dialogHints, dialogLines, isOverScreen} from './dialogs/dialog-lines.js';
import {startHints, startLines} from './dialogs/start-dialog.js';
import {headline} from './headline.js';
import {LayoutScreen, layoutHints} from './layout-screen.js';
import {PlanScreen, planHints} from './plan/plan-screen.js';
import type {ScreenProps} from './screen-props.js';
import {titleBar} from './title-bar.js';
import {WhatIfScreen, whatIfHints} from './what-if-screen.js';

interface ScreenView {
  readonly Body: ComponentType<ScreenProps>;
  readonly hints: (page: TerminalStyle, state: State) => string;
}

const views: Readonly<Record<ScreenName, ScreenView>> = {
  plan: {Body: PlanScreen, hints: planHints},
  layout: {Body: LayoutScreen, hints: layoutHints},
  'what-if': {Body: WhatIfScreen, hints: whatIfHints},
  calendar: {Body: CalendarScreen, hints: calendarHints},
  compare: {Body: CompareScreen, hints: compareHints},
};

/** Colours and characters of a terminal. */
export type Surface = Pick<TerminalStyle, 'color' | 'unicode'>;

interface ScreenOfStateProps {
  readonly surface: Surface;
  readonly state: State;
}

/** The smallest terminal that screens are drawn for. */
const leastSize = {columns: 80, rows: 24} as const;

/** The whole screen: as many lines as the terminal has rows, each as wide as its columns. */
export function Screen({surface, state}: ScreenOfStateProps) {
  const {columns, rows} = state.size;
  const page: TerminalStyle = {...surface, width: columns};
  if (columns < leastSize.columns || rows < leastSize.rows) {
    const hint = `walltime needs ${leastSize.columns} x ${leastSize.rows}, this is ${columns} x ${rows}`;
    return <Block lines={[truncate(hint, columns)]} columns={columns} rows={rows} />;
  }
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {state.dialog?.kind === 'start' ? null : <Header page={page} state={state} />}
      <Body page={page} state={state} />
      <Footer page={page} state={state} />
    </Box>
  );
}

interface PartProps {
  readonly page: TerminalStyle;
  readonly state: State;
}

const headerRows = 4;
const footerRows = 2;

function Header({page, state}: PartProps) {
  const lines = [titleBar(page, state), rule(page), headline(page, state), rule(page)];
  return <Block lines={lines} columns={page.width} rows={headerRows} />;
}

function Body({page, state}: PartProps) {
  const {dialog, size} = state;
  if (dialog?.kind === 'start') {
    const rows = size.rows - footerRows;
    return <Block lines={startLines(page, dialog, rows)} columns={page.width} rows={rows} />;
  }
  const rows = size.rows - headerRows - footerRows;
  if (isOverScreen(dialog))
    return <Block lines={dialogLines(page, state, dialog, rows)} columns={page.width} rows={rows} />;
  const View = views[state.screen].Body;
  return <View page={page} state={state} rows={rows} />;
}

function Footer({page, state}: PartProps) {
  return <Block lines={[rule(page), footLine(page, state)]} columns={page.width} rows={footerRows} />;
}

/** The message, or the keys that can be pressed. */
function footLine(page: TerminalStyle, state: State): string {
  const {message} = state;
  if (message === null) return ` ${paint(page, 'quiet', hintsOf(page, state))}`;
  const color = message.kind === 'quiet' ? 'title' : message.kind;
  return ` ${paint(page, color, truncate(message.text, page.width - 2))}`;
}

function hintsOf(page: TerminalStyle, state: State): string {
  const {dialog} = state;
  if (dialog?.kind === 'start') return startHints(page);
  return isOverScreen(dialog) ? dialogHints(page, dialog) : views[state.screen].hints(page, state);
}
