import type {CalendarReply, DilocoChoice, Row, SizesReply} from '../../planning/reply.js';
import {layoutKeyOf} from '../../state/layout-columns.js';
import type {State} from '../../state/state.js';

/** Replies about a row and the answered plan; null: not there yet. */
export interface CalendarFindings {
  readonly calendar: CalendarReply | null;
  readonly diloco: readonly DilocoChoice[] | null;
  readonly sizes: SizesReply | null;
}

export function calendarFindings(state: State, {layout}: Row): CalendarFindings {
  const {calendar, diloco, sizes, answer} = state;
  const isOfRow = calendar !== null && layoutKeyOf(calendar.layout) === layoutKeyOf(layout);
  return {
    calendar: isOfRow ? calendar : null,
    diloco: diloco !== null && diloco.text === answer?.text ? diloco.choices : null,
    sizes: sizes !== null && sizes.text === answer?.text ? sizes : null,
  };
}
