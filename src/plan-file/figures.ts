import type {Figure} from '../cluster/hardware-profile.js';
import {formatPath, type PathSegment} from './problem.js';

/** Every map of `value` that states a source, as a figure to show. */
export function collectFigures(
  value: unknown,
  path: readonly PathSegment[],
  sources: Readonly<Record<string, string>>,
): Figure[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => collectFigures(item, [...path, i], sources));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const nested = entries.flatMap(([key, item]) => collectFigures(item, [...path, key], sources));
  const text = (wanted: string) =>
    entries.find(([key, item]) => key === wanted && typeof item === 'string')?.[1] as string | undefined;
  const cited = [
    ...figure(path, entries, text('source'), text('date') ?? null, sources),
    ...efficiencyFigure(path, entries, text('efficiency_source'), sources),
  ];
  return [...cited, ...nested];
}

const aboutTheFigure = new Set(['source', 'date', 'note', 'fitted_to', 'description']);

function figure(
  path: readonly PathSegment[],
  entries: readonly [string, unknown][],
  source: string | undefined,
  date: string | null,
  sources: Readonly<Record<string, string>>,
): Figure[] {
  if (source === undefined) return [];
  const facts = entries.filter(
    ([key, item]) => !aboutTheFigure.has(key) && (typeof item !== 'object' || item === null),
  );
  const text = facts
    .map(([key, item]) => (key === 'value' ? String(item) : `${key} ${String(item)}`))
    .join(', ');
  return [{path: formatPath(path), text, source: spellOut(source, sources), date}];
}

function efficiencyFigure(
  path: readonly PathSegment[],
  entries: readonly [string, unknown][],
  source: string | undefined,
  sources: Readonly<Record<string, string>>,
): Figure[] {
  const points = entries.find(([key]) => key === 'efficiency')?.[1];
  if (source === undefined || !Array.isArray(points)) return [];
  const text = points
    .map((point: {bytes?: unknown; fraction?: unknown}) => `${point.fraction} at ${point.bytes}`)
    .join(', ');
  return [{path: formatPath([...path, 'efficiency']), text, source: spellOut(source, sources), date: null}];
}

/** `dgx` or `dgx, eight rails` with the short name replaced by the source that it stands for. */
function spellOut(source: string, sources: Readonly<Record<string, string>>): string {
  const [, name = '', rest = ''] = /^([\w-]+)([,;:].*)?$/s.exec(source) ?? [];
  const full = Object.hasOwn(sources, name) ? sources[name] : undefined;
  return full === undefined ? source : full + rest.replace(/^[,;:]/, ';');
}

/** Facts of a file with every source spelled out, so that they can be merged with those of other files. */
export function withFullSources<Value extends object>(file: Value): Value {
  const {sources = {}} = file as {readonly sources?: Readonly<Record<string, string>>};
  return spelledOut(file, sources) as Value;
}

function spelledOut(value: unknown, sources: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map(item => spelledOut(item, sources));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      /^(efficiency_)?source$/.test(key) && typeof item === 'string'
        ? spellOut(item, sources)
        : spelledOut(item, sources),
    ]),
  );
}
