import type {Markup} from './markup.js';

/** Number of series with a colour of their own; further series are grey. */
export const numSeries = 6;

/**
 * The look of a report, light and dark. Colours of marks are of the palette of Okabe and Ito 2008
 * ("Color Universal Design"), which holds for the common kinds of colour blindness.
 */
export const style = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1b1f24; --quiet: #59636e; --line: #d1d9e0; --stripe: #f6f8fa;
  --series-1: #0072b2; --series-2: #d55e00; --series-3: #009e73; --series-4: #a8437f;
  --series-5: #8a6d00; --series-6: #6f4bb8; --series-rest: #7d8590;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --text: #e6edf3; --quiet: #9aa4af; --line: #30363d; --stripe: #151b23;
    --series-1: #56b4e9; --series-2: #f0883e; --series-3: #2fc797; --series-4: #cc79a7;
    --series-5: #f0e442; --series-6: #b39ddb; --series-rest: #9198a1;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 64rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 46rem; }
.quiet { color: var(--quiet); }
.figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.figures li { flex: 1 1 9rem; padding: .6rem .9rem; border: 1px solid var(--line); border-radius: .5rem; }
.figures b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
th.figure, td.figure { text-align: right; }
tbody tr:nth-child(even) { background: var(--stripe); }
figure { margin: 1rem 0; }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--text); }
svg .quiet { fill: var(--quiet); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .guide { stroke: var(--quiet); stroke-width: 1; fill: none; }
svg .dashed { stroke-dasharray: 4 4; }
svg .mark { fill-opacity: .5; }
svg .curve { fill: none; stroke: var(--series-1); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0; padding: 0; list-style: none; font-size: .875rem; }
.legend svg { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; vertical-align: -.05rem; }
.series-1 { fill: var(--series-1); } .series-2 { fill: var(--series-2); } .series-3 { fill: var(--series-3); }
.series-4 { fill: var(--series-4); } .series-5 { fill: var(--series-5); } .series-6 { fill: var(--series-6); }
.series-rest { fill: var(--series-rest); }
details { margin: 1rem 0; } summary { cursor: pointer; font-weight: 600; }
@media print { body { max-width: none; padding: 0; } details { display: none; } }
` as Markup;
