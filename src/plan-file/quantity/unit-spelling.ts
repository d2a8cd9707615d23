import {nearestWord} from '../nearest-word.js';
import {shorten} from './describe-value.js';
import type {Fault} from './parse-quantity.js';

/** How people spell units, against how mathjs does. */

/** Micro signs, `$2.5`, `$2M`, `400 Gbps` and `1_000 s` in the spelling that mathjs reads. */
export function respell(text: string): string {
  return text
    .replaceAll(/[\u00b5\u03bc]/g, 'u')
    .replace(
      /^([+-]?)\$\s*([\d._]+(?:[eE][+-]?\d+)?)\s*([kMB]?)(?![A-Za-z])/,
      (_, sign, number, multiple) => {
        const zeros = {k: 'e3', M: 'e6', B: 'e9'}[String(multiple)] ?? '';
        return `${sign}${Number(`${String(number).replaceAll('_', '')}${zeros}`)} USD`;
      },
    )
    .replaceAll(/\b([kMGTP]?)bps\b/g, '$1bit/s')
    .replaceAll(/\b([kMGTP]?)Bps\b/g, '$1B/s')
    .replaceAll(/(?<=\d)_(?=\d)/g, '');
}

/** What a misspelt unit may have meant. */
const commonUnits = [
  ...[
    'B',
    'kB',
    'MB',
    'GB',
    'TB',
    'PB',
    'KiB',
    'MiB',
    'GiB',
    'TiB',
    'PiB',
    'bit',
    'kbit',
    'Mbit',
    'Gbit',
    'Tbit',
  ],
  ...[
    'Gbps',
    'GBps',
    's',
    'ms',
    'us',
    'ns',
    'min',
    'minutes',
    'hour',
    'hours',
    'day',
    'days',
    'weeks',
    'years',
  ],
  ...[
    'W',
    'kW',
    'MW',
    'GW',
    'J',
    'kJ',
    'MJ',
    'GJ',
    'Wh',
    'kWh',
    'MWh',
    'GWh',
    'USD',
    'kUSD',
    'MUSD',
    'g',
    'kg',
  ],
  ...['FLOP', 'GFLOP', 'TFLOP', 'PFLOP', 'EFLOP', 'TFLOPS', 'PFLOPS'],
];

/** The first unit of `spelled` that is unknown, or that may mean bits as well as bytes. */
export function unitFault(spelled: string, text: string, isUnit: (name: string) => boolean): Fault | null {
  const words = spelled.replace(/^[+-]?[\d.]+([eE][+-]?\d+)?/, '').match(/[A-Za-z]+/g) ?? [];
  for (const word of words) {
    const fault = ambiguous(word, text) ?? (isUnit(word) ? null : unknown(word, text));
    if (fault !== null) return fault;
  }
  return null;
}

/** Gb is gigabits to some and gigabytes to others, a factor of 8 apart. */
function ambiguous(word: string, text: string): Fault | null {
  const match = /^([kKMGTPE]i?|)b$/.exec(word);
  if (match === null) return null;
  const prefix = (match[1] ?? '').replace(/^K$/, 'k').replace(/^ki$/, 'Ki');
  const message = `${word} in "${shorten(text)}" may mean bits or bytes`;
  return {message, hint: `write ${prefix}bit or ${prefix}B`};
}

function unknown(word: string, text: string): Fault {
  const sameLetters = commonUnits.find(unit => unit.toLowerCase() === word.toLowerCase());
  const nearest = sameLetters ?? nearestWord(word, commonUnits);
  const hint = nearest === null ? 'units are such as GB/s, GiB, days, USD/hour' : `did you mean ${nearest}?`;
  return {message: `unknown unit ${shorten(word)} in "${shorten(text)}"`, hint};
}
