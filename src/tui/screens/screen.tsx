import {Box} from 'ink';
import type {ComponentType} from 'react';
import {truncate} from '../../report/terminal/display-width.js';
import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
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
  readonly hints: (style: TerminalStyle, state: State) => string;
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
  const style: TerminalStyle = {...surface, width: columns};
  if (columns < leastSize.columns || rows < leastSize.rows) {
    const hint = `walltime needs ${leastSize.columns} x ${leastSize.rows}, this is ${columns} x ${rows}`;
    return <Block lines={[truncate(hint, columns)]} columns={columns} rows={rows} />;
  }
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {state.dialog?.kind === 'start' ? null : <Header style={style} state={state} />}
      <Body style={style} state={state} />
      <Footer style={style} state={state} />
    </Box>
  );
}

interface PartProps {
  readonly style: TerminalStyle;
  readonly state: State;
}

const headerRows = 4;
const footerRows = 2;

function Header({style, state}: PartProps) {
  const lines = [titleBar(style, state), rule(style), headline(style, state), rule(style)];
  return <Block lines={lines} columns={style.width} rows={headerRows} />;
}

function Body({style, state}: PartProps) {
  const {dialog, size} = state;
  if (dialog?.kind === 'start') {
    const rows = size.rows - footerRows;
    return <Block lines={startLines(style, dialog, rows)} columns={style.width} rows={rows} />;
  }
  const rows = size.rows - headerRows - footerRows;
  if (isOverScreen(dialog))
    return <Block lines={dialogLines(style, state, dialog, rows)} columns={style.width} rows={rows} />;
  const View = views[state.screen].Body;
  return <View style={style} state={state} rows={rows} />;
}

function Footer({style, state}: PartProps) {
  return <Block lines={[rule(style), footLine(style, state)]} columns={style.width} rows={footerRows} />;
}

/** The message, or the keys that can be pressed. */
function footLine(style: TerminalStyle, state: State): string {
  const {message} = state;
  if (message === null) return ` ${paint(style, 'quiet', hintsOf(style, state))}`;
  const color = message.kind === 'quiet' ? 'title' : message.kind;
  return ` ${paint(style, color, truncate(message.text, style.width - 2))}`;
}

function hintsOf(style: TerminalStyle, state: State): string {
  const {dialog} = state;
  if (dialog?.kind === 'start') return startHints(style);
  return isOverScreen(dialog) ? dialogHints(style, dialog) : views[state.screen].hints(style, state);
}
