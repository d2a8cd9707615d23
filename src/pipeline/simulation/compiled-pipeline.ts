import type {PipelineShape} from '../schedules/pipeline-shape.js';
import type {Pass, Program} from '../schedules/program.js';
import type {Schedule} from '../schedules/schedule.js';
import type {ChunkTimes} from './chunk-times.js';
import {NO_RING, type RingEnds} from './message-rings.js';

/** Codes of passes in the compiled form; a whole backward pass is what is left. */
export const FORWARD = 0;
const BACKWARD = 1;
export const BACKWARD_INPUT = 2;
export const BACKWARD_WEIGHT = 3;
export const PAIR = 4;
/** Stands for a chunk where the chunks take turns. */
export const IN_TURN = -1;

/**
 * A schedule and its times laid out in flat arrays for the event loop.
 *
 * A place is a chunk of a device: device x numChunks + chunk. Its size grows with the number of devices
 * and chunks, not with that of micro-batches.
 */
export interface CompiledPipeline {
  readonly numDevices: number;
  readonly numChunks: number;
  /** Micro-batches of a group where chunks take turns. */
  readonly groupSize: number;
  /** By device: its first phase; one entry more, so that the next one ends it. */
  readonly firstPhase: Int32Array;
  /** By phase: repetitions and first pass; one entry more. */
  readonly phaseTimes: Float64Array;
  readonly firstPass: Int32Array;
  /** By pass: kind, chunk, and the chunk of the backward half of a pair. */
  readonly passKind: Int32Array;
  readonly passChunk: Int32Array;
  readonly passOther: Int32Array;
  readonly rings: RingEnds;
  /** By place: the micro-batches of its route, and the rings of its messages. */
  readonly numMicrobatches: Int32Array;
  readonly forwardInput: Int32Array;
  readonly forwardOutput: Int32Array;
  readonly backwardInput: Int32Array;
  readonly backwardOutput: Int32Array;
  /** By place: seconds of a pass. */
  readonly forward: Float64Array;
  readonly inputGradient: Float64Array;
  readonly weightGradient: Float64Array;
  /** By place: seconds until the neighbour has the message, and those that keep the sender. */
  readonly sendNext: Float64Array;
  readonly sendPrevious: Float64Array;
  readonly occupiedNext: Float64Array;
  readonly occupiedPrevious: Float64Array;
  readonly activationBytes: Float64Array;
  readonly weightGradientBytes: Float64Array;
  readonly forwardBackwardOverlap: number;
}

/** A schedule and its times as flat arrays, so that the event loop allocates nothing. */
export function compilePipeline(
  schedule: Schedule,
  shape: PipelineShape,
  times: ChunkTimes,
): CompiledPipeline {
  const programs = Array.from({length: shape.stages}, (_, device) => schedule.program(device, shape));
  return {
    numDevices: shape.stages,
    ...compilePrograms(programs),
    ...compilePlaces(schedule, shape, times),
    forwardBackwardOverlap: times.forwardBackwardOverlap,
  };
}

function compilePrograms(programs: readonly Program[]) {
  const firstPhase = [0];
  const phaseTimes: number[] = [];
  const firstPass = [0];
  const passes: Pass[] = [];
  for (const program of programs) {
    for (const phase of program) {
      if (phase.times <= 0) continue;
      phaseTimes.push(phase.times);
      passes.push(...phase.passes);
      firstPass.push(passes.length);
    }
    firstPhase.push(phaseTimes.length);
  }
  return {
    firstPhase: Int32Array.from(firstPhase),
    phaseTimes: Float64Array.from(phaseTimes),
    firstPass: Int32Array.from(firstPass),
    passKind: Int32Array.from(passes, pass => passCodes[pass.kind]),
    passChunk: Int32Array.from(passes, pass => (pass.kind === 'pair' ? pass.forward : chunkCode(pass.chunk))),
    passOther: Int32Array.from(passes, pass => (pass.kind === 'pair' ? pass.backward : IN_TURN)),
  };
}

const passCodes = {
  forward: FORWARD,
  backward: BACKWARD,
  'backward-input': BACKWARD_INPUT,
  'backward-weight': BACKWARD_WEIGHT,
  pair: PAIR,
} as const satisfies Record<Pass['kind'], number>;

function chunkCode(chunk: number | 'in-turn'): number {
  return chunk === 'in-turn' ? IN_TURN : chunk;
}

type Places = Omit<
  CompiledPipeline,
  'numDevices' | 'forwardBackwardOverlap' | keyof ReturnType<typeof compilePrograms>
>;

function compilePlaces(schedule: Schedule, shape: PipelineShape, times: ChunkTimes): Places {
  const {numChunks, groupSize, routes} = schedule.placement(shape);
  const places = emptyPlaces(shape.stages * numChunks, numChunks, groupSize);
  for (const {stops, numMicrobatches} of routes) {
    stops.forEach((stop, modelChunk) => {
      const place = stop.device * numChunks + stop.chunk;
      places.numMicrobatches[place] = numMicrobatches;
      places.forward[place] = times.forwardSeconds[modelChunk] ?? 0;
      places.inputGradient[place] = times.backwardInputSeconds[modelChunk] ?? 0;
      places.weightGradient[place] = times.backwardWeightSeconds[modelChunk] ?? 0;
      places.activationBytes[place] = times.activationBytes[modelChunk] ?? 0;
      places.weightGradientBytes[place] = times.weightGradientBytes[modelChunk] ?? 0;
      const after = stops[modelChunk + 1];
      if (after === undefined) return;
      const send = after.device === stop.device ? 0 : (times.sendSeconds[modelChunk] ?? 0);
      connect(places, place, after.device * numChunks + after.chunk, send, send * (1 - times.sendOverlap));
    });
  }
  return places;
}

function emptyPlaces(numPlaces: number, numChunks: number, groupSize: number): Places {
  const rings = () => new Int32Array(numPlaces).fill(NO_RING);
  const numbers = () => new Float64Array(numPlaces);
  return {
    numChunks,
    groupSize,
    rings: {sender: new Int32Array(2 * numPlaces), receiver: new Int32Array(2 * numPlaces)},
    numMicrobatches: new Int32Array(numPlaces),
    forwardInput: rings(),
    forwardOutput: rings(),
    backwardInput: rings(),
    backwardOutput: rings(),
    forward: numbers(),
    inputGradient: numbers(),
    weightGradient: numbers(),
    sendNext: numbers(),
    sendPrevious: numbers(),
    occupiedNext: numbers(),
    occupiedPrevious: numbers(),
    activationBytes: numbers(),
    weightGradientBytes: numbers(),
  };
}

/** Joins two neighbouring chunks: activations go from `place` to `after`, their gradients come back. */
function connect(places: Places, place: number, after: number, send: number, occupied: number): void {
  const device = Math.floor(place / places.numChunks);
  const neighbour = Math.floor(after / places.numChunks);
  const down = 2 * after;
  const up = 2 * place + 1;
  places.forwardOutput[place] = down;
  places.forwardInput[after] = down;
  places.backwardOutput[after] = up;
  places.backwardInput[place] = up;
  places.rings.sender[down] = device;
  places.rings.receiver[down] = neighbour;
  places.rings.sender[up] = neighbour;
  places.rings.receiver[up] = device;
  places.sendNext[place] = send;
  places.sendPrevious[after] = send;
  places.occupiedNext[place] = occupied;
  places.occupiedPrevious[after] = occupied;
}
