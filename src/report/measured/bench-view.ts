import type {BenchFit} from '../../calibration/bench/fit-bench.js';
import type {FittedFact} from '../../calibration/bench/fit-device.js';
import type {KernelRow} from '../../calibration/kernel-rows/kernel-row.js';
import type {OperatorValidation} from '../../calibration/operator-rows/operator-slices.js';

/** A machine that was made from a bench, for any face. */
export interface BenchView {
  readonly name: string;
  readonly file: string;
  readonly device: string;
  readonly fit: BenchFit;
  /** Errors on the bench of the base and of the profile that was written. */
  readonly before: OperatorValidation;
  readonly after: OperatorValidation;
  readonly kernels: readonly KernelRow[];
  readonly noisyRows: number;
  readonly skipped: readonly {readonly op: string; readonly reason: string}[];
  readonly out: string;
}

/** A figure that was measured, as a profile names it. */
export interface BenchFigure {
  readonly path: string;
  readonly unit: FittedFact['unit'];
  readonly before: number | null;
  readonly after: number;
  readonly from: readonly string[];
}

export function benchFigures({facts, levels, nodeFanOut, before}: BenchFit): readonly BenchFigure[] {
  const node = before.topology.find(({name}) => name === 'node');
  return [
    ...facts.map(({path, ...fact}) => ({path: path.join('.'), ...fact})),
    ...(nodeFanOut === null
      ? []
      : [
          {
            path: 'topology.node.fan_out',
            unit: 'count' as const,
            before: node?.fanOut ?? null,
            after: nodeFanOut,
            from: ['the driver'],
          },
        ]),
    ...levels.flatMap(({name, before: was, after, from}) => [
      ...(was.bandwidth === after.bandwidth
        ? []
        : [
            {
              path: `topology.${name}.bandwidth`,
              unit: 'bytes/s' as const,
              before: was.bandwidth,
              after: after.bandwidth,
              from,
            },
          ]),
      {
        path: `topology.${name}.latency`,
        unit: 'seconds' as const,
        before: was.latency,
        after: after.latency,
        from,
      },
      ...after.efficiency.map(({bytes, fraction}) => ({
        path: `topology.${name}.efficiency at ${Math.round(bytes)} bytes`,
        unit: 'fraction' as const,
        before: was.efficiency.find(point => point.bytes === bytes)?.fraction ?? null,
        after: fraction,
        from,
      })),
    ]),
  ];
}

/** Figures of the base that no row of the bench determines. */
export function takenFigures({
  profile,
  facts,
  levels,
}: BenchFit): readonly {readonly path: string; readonly text: string; readonly source: string}[] {
  const measured = new Set(facts.map(({path}) => path.join('.')));
  const isLevelMeasured = (path: string) =>
    levels.some(({name}) =>
      profile.topology.some((level, i) => level.name === name && path.startsWith(`topology[${i}].`)),
    );
  return profile.figures.filter(
    ({path}) => /^(accelerator|host|topology)\b/.test(path) && !measured.has(path) && !isLevelMeasured(path),
  );
}

/** What the host or a whole layer took: times that no figure of a machine alone explains. */
export function timedOnly(
  kernels: readonly KernelRow[],
): readonly {readonly op: string; readonly hidden: number | null; readonly seconds: number}[] {
  return kernels.flatMap(({op, hidden, seconds}) =>
    seconds !== null && /^(launch|layer-)/.test(op) ? [{op, hidden, seconds}] : [],
  );
}
