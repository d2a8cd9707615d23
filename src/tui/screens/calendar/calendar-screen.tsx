import {Box} from 'ink';
import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {formatDegrees} from '../../../report/words/format-layout.js';
import {formatNumber, formatSeconds} from '../../../units/format-quantity.js';
import type {CalendarReply} from '../../planning/reply.js';
import {selectedRow} from '../../state/state.js';
import {Block} from '../../widgets/block.js';
import {lineChart} from '../../widgets/charts/line-chart.js';
import {hints} from '../../widgets/hints.js';
import {mark} from '../../widgets/marks.js';
import type {ScreenProps} from '../screen-props.js';
import {calendarFindings} from './calendar-findings.js';
import {detailLines, shortLines} from './run-lines.js';

/** Least width at which milestones and the parts of the run share their lines. */
const wideColumns = 120;
const gap = 3;
/** Rows of the chart, with the two lines of its axis. */
const leastChartRows = 5;
/** Largest share of the screen that the chart takes from the details. */
const chartShare = 0.6;

/** The run against the calendar: its loss by the day, milestones, best model sizes, parts and failures. */
export function CalendarScreen({style, state, rows}: ScreenProps) {
  const row = selectedRow(state);
  if (row === null) return <Block lines={[' no run to show yet']} columns={style.width} rows={rows} />;
  const inner = {...style, width: style.width - 2};
  const isWide = inner.width >= wideColumns;
  const half = {...style, width: isWide ? Math.floor((inner.width - gap) / 2) : inner.width};
  const findings = calendarFindings(state, row);
  const details = detailLines(half, row, findings);
  const {left, right} = isWide ? details : {left: [...details.left, ...details.right], right: []};
  const detailRows = Math.max(left.length, right.length);
  const showsDetails = detailRows + leastChartRows + 2 <= rows;
  const short = showsDetails ? [] : shortLines(inner, row, findings);
  const belowRows = showsDetails ? detailRows + 1 : short.length;
  const room = rows - belowRows - 1;
  const chartRows = Math.max(
    leastChartRows,
    showsDetails ? Math.min(Math.floor(rows * chartShare), room) : room,
  );
  const title = paint(style, 'title', `loss against days of ${formatDegrees(row.layout)}`);
  const chart = [title, ...chartLines(inner, findings.calendar, chartRows)];
  if (!showsDetails)
    return (
      <Box paddingLeft={1}>
        <Block lines={[...chart, ...short]} columns={inner.width} rows={rows} />
      </Box>
    );
  return (
    <Box flexDirection="column" paddingLeft={1} height={rows}>
      <Block lines={chart} columns={inner.width} rows={chart.length + 1} />
      <Box columnGap={gap} height={rows - chart.length - 1}>
        <Block lines={left} columns={half.width} rows={detailRows} />
        {isWide && <Block lines={right} columns={half.width} rows={detailRows} />}
      </Box>
    </Box>
  );
}

function chartLines(style: TerminalStyle, found: CalendarReply | null, rows: number): string[] {
  if (found === null) return [paint(style, 'quiet', '  planning the calendar ...')];
  const {points, milestones} = found.calendar;
  const chart = {
    points: points.map(({seconds, loss, band}) => ({
      x: seconds,
      y: loss,
      low: band?.p10 ?? loss,
      high: band?.p90 ?? loss,
    })),
    marks: milestones.map(({seconds}) => seconds),
    formatX: formatSeconds,
    formatY: (loss: number) => formatNumber(loss, 4),
  };
  return lineChart(style, chart, rows);
}

export function calendarHints(style: TerminalStyle): string {
  return hints(style, [`${mark(style, 'upDown')} layout`, 'esc plan', 's save', '? keys', 'q quit']);
}
