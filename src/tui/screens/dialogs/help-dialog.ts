import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';

const sections: readonly {readonly title: string; readonly keys: readonly (readonly [string, string])[]}[] = [
  {
    title: 'everywhere',
    keys: [
      ['esc', 'back to the plan'],
      ['l  w  c  m', 'layout, what-if, calendar, compare'],
      ['[  ]', 'the last and the next screen'],
      ['/  :', 'find a field, a model, a machine or a screen'],
      ['u  U', 'undo, redo (also Ctrl-R)'],
      ['s  S', 'save: shows what changes in the file first; save as another file'],
      ['r  x', 'write a report page (HTML), export the layout for a trainer'],
      ['q', 'quit; asks when the plan is not saved'],
      ['Ctrl-C', 'quit at once'],
    ],
  },
  {
    title: 'plan',
    keys: [
      ['tab', 'between the plan and the layouts'],
      ['arrows', 'move; in the plan left and right step a value'],
      ['digits', 'type a value with its unit: 2 T, 64 nodes, 30 days'],
      ['enter', 'edit a value, or the layout in depth'],
      ['p', 'pin or free the choice under the cursor'],
      ['P  F', 'pin the whole layout, free everything'],
      ['o', 'order the layouts by goal, step, memory, cost, energy, P90'],
    ],
  },
  {
    title: 'layout',
    keys: [
      ['arrows', 'scroll the pipeline in time and over stages'],
      ['+  -  0', 'zoom in, out, all of it'],
    ],
  },
  {
    title: 'what-if',
    keys: [
      ['arrows', 'choose a figure, make it less or more'],
      ['0', 'every figure as it is'],
    ],
  },
  {
    title: 'compare',
    keys: [
      ['a  d', 'add a machine or another plan, remove the line under the cursor'],
      ['enter', 'put the plan on the machine under the cursor'],
      ['o', 'order by goal, step, memory, cost, energy, P90'],
    ],
  },
];

/** Every key with its effect, scrolled to line `top`. */
export function helpLines(style: TerminalStyle, top: number, rows: number): string[] {
  const lines = sections.flatMap(({title, keys}) => [
    ` ${paint(style, 'title', title)}`,
    ...keys.map(([key, does]) => `   ${key.padEnd(12)} ${does}`),
    '',
  ]);
  const first = Math.max(0, Math.min(top, lines.length - rows));
  return lines.slice(first, first + rows);
}
