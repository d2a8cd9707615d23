import {type OuterTraining, outerTraining} from '../diloco/outer-training.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import {stepBand} from '../pipeline/uncertainty/step-band.js';
import {numDevicesOf, type Plan} from '../plan/plan.js';
import {type Band, scaleBand} from '../units/band.js';
import {runSteps} from './batch-ramp.js';
import {type Calendar, calendarBand, calendarOf} from './calendar/calendar.js';
import {type Checkpoint, checkpointOf} from './checkpoint.js';
import {expectedRun} from './failures/expected-run.js';
import {jobFailures} from './failures/job-failures.js';
import {type RunResources, runResources} from './resources/resources.js';
import type {RunParts} from './run-parts.js';
import {stragglerFactor} from './stragglers.js';
import {type RunBands, simulateRuns} from './uncertain-run.js';

/** A whole run: steps, pauses, failures, and what it costs. */
export interface RunEstimate extends RunResources {
  readonly steps: number;
  /** Wall-clock by the calendar: as runs of this kind went. */
  readonly seconds: Band;
  /** Wall-clock of the clean run: steps, failures at their rate, automatic restarts. */
  readonly cleanSeconds: Band;
  /** Wall-clock by the calendar with the layout as planned; equal to `seconds` where the plan states its layout. */
  readonly asPlannedSeconds: Band;
  readonly calendar: Calendar;
  /** The steps alone, one after the other. */
  readonly stepsOnly: Band;
  /** Mean wall-clock of the clean run at the median step, and what the calendar loses at the median. */
  readonly expectedSeconds: number;
  readonly parts: RunParts;
  /** Share of the expected wall-clock that is spent on steps that count, whatever layout is run. */
  readonly goodput: number;
  readonly goodputBand: Band;
  /** Expected number of failures and interruptions; mean time between them, seconds, Infinity without any. */
  readonly failures: number;
  readonly meanTimeBetweenFailures: number;
  /** The outer level of DiLoCo; null for ordinary data parallel. */
  readonly outer: OuterTraining | null;
  readonly checkpoint: Checkpoint;
  /** Training time between checkpoints, seconds; Infinity: none but the last. */
  readonly checkpointInterval: number;
}

/** How a run is drawn at random. */
export interface RunOptions {
  /** Draws; 0: the bands are those of the step around the closed form. Absent: about a million failures in all. */
  readonly runs?: number;
  readonly seed?: number;
}

/** Wall-clock, goodput, cost and energy of `plan` for steps of `estimate`. */
export function estimateRun(plan: Plan, estimate: StepEstimate, options: RunOptions = {}): RunEstimate {
  const {cluster, operation} = plan;
  const {steps, seconds: counted} = runSteps(plan, estimate);
  const outer = outerTraining(plan, estimate);
  const outerSeconds = outer === null ? 0 : counted * (1 / outer.computeUtilization - 1);
  const slower = stragglerFactor(operation.stragglers, {...cluster, numDevices: numDevicesOf(plan)});
  const band = stepBand(estimate, cluster.software);
  const stepsOnly = scaleBand(band, counted / band.p50);
  const evaluation =
    operation.evaluation === null
      ? 0
      : Math.floor(steps / operation.evaluation.everySteps) * operation.evaluation.seconds;
  const checkpoint = checkpointOf(plan);
  const process = jobFailures(plan, checkpoint, estimate.seconds * slower);
  const expected = expectedRun(process, counted * slower + outerSeconds + evaluation);
  const calendar = calendarOf(plan);
  const {terms} = calendar;
  const cleanWork = expected.totalSeconds;
  const asPlanned = cleanWork * calendar.losses.p50;
  const otherLayout = asPlanned * (calendar.layout.p50 - 1);
  const expectedSeconds = operation.warmUp + asPlanned + otherLayout;
  const parts: RunParts = {
    steps: counted,
    otherLayout,
    stragglers: counted * (slower - 1) + cleanWork * terms.throughput,
    outer: outerSeconds,
    warmUp: operation.warmUp,
    evaluation: evaluation + cleanWork * terms.evaluation,
    checkpoints: expected.checkpointSeconds,
    lostWork: expected.lostSeconds,
    restarts: expected.restartSeconds,
    diagnosis: cleanWork * terms.diagnosis,
    rollbacks: cleanWork * terms.rollbacks,
    firstPart: cleanWork * terms.firstPart,
    slowStarts: cleanWork * terms.slowStarts,
    waiting: expected.waitingSeconds + cleanWork * terms.waiting,
  };
  const runs = options.runs ?? runsFor(expected.failures);
  const uncertain = {
    process,
    logSpread: operation.failures?.logSpread ?? 0,
    steps: scaleBand(stepsOnly, slower),
    pauseSeconds: outerSeconds + evaluation,
    warmUpSeconds: operation.warmUp,
    countedShare: 1 / slower,
  };
  const bands =
    runs === 0
      ? bandsOfSteps(stepsOnly, counted, operation.warmUp + cleanWork)
      : simulateRuns(uncertain, runs, options.seed ?? 1);
  const byCalendar = (factor: Band) => calendarBand(bands.seconds, operation.warmUp, factor);
  const seconds = byCalendar(calendar.factor);
  return {
    steps,
    seconds,
    cleanSeconds: bands.seconds,
    asPlannedSeconds: byCalendar(calendar.losses),
    calendar,
    stepsOnly,
    expectedSeconds,
    parts,
    goodput: (counted * calendar.layout.p50) / expectedSeconds,
    goodputBand: usefulShare(bands.goodput, calendar.losses),
    failures: expected.failures,
    meanTimeBetweenFailures: process.meanTimeBetweenFailures,
    outer,
    checkpoint,
    checkpointInterval: process.interval,
    ...runResources(plan, estimate.parts, parts, seconds.p50),
  };
}

/** A run that loses most has the lowest goodput. */
function usefulShare(clean: Band, losses: Band): Band {
  return {p10: clean.p10 / losses.p90, p50: clean.p50 / losses.p50, p90: clean.p90 / losses.p10};
}

/** Few failures need many draws to show their spread; many take time to draw and spread little. */
const runsFor = (failures: number) => Math.round(Math.min(1000, Math.max(100, 1e6 / failures)));

function bandsOfSteps(stepsOnly: Band, counted: number, expectedSeconds: number): RunBands {
  const goodput = counted / expectedSeconds;
  return {seconds: scaleBand(stepsOnly, 1 / goodput), goodput: {p10: goodput, p50: goodput, p90: goodput}};
}
