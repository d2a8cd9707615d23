import {
  BACKWARD_INPUT,
  BACKWARD_WEIGHT,
  type CompiledPipeline,
  FORWARD,
  IN_TURN,
  PAIR,
} from './compiled-pipeline.js';
import {DeviceLedger} from './device-ledger.js';
import {MessageRings} from './message-rings.js';
import type {PipelineEvent, PipelineObserver} from './pipeline-event.js';

/**
 * Runs the programs of all devices against one another.
 *
 * Nothing is allocated for an event, and no state grows with the number of micro-batches: about 50 ns an
 * event (scripts/bench/pipeline.mjs).
 */
export class EventLoop {
  readonly ledger: DeviceLedger;
  readonly messages: MessageRings;
  numEvents = 0;
  private readonly pipeline: CompiledPipeline;
  private readonly observe: PipelineObserver | null;
  /** By device: where it is in its program. */
  private readonly phase: Int32Array;
  private readonly repetition: Float64Array;
  private readonly pass: Int32Array;
  /** By place: passes done of each kind, and so the next micro-batch of each. */
  private readonly forwards: Int32Array;
  private readonly backwards: Int32Array;
  private readonly weights: Int32Array;
  /** By device, forward and then backward: the chunk whose turn it is, and the end of its group. */
  private readonly turnChunk: Int32Array;
  private readonly turnEnd: Int32Array;

  constructor(pipeline: CompiledPipeline, observe: PipelineObserver | null) {
    const {numDevices, numChunks} = pipeline;
    const numPlaces = numDevices * numChunks;
    this.pipeline = pipeline;
    this.observe = observe;
    this.ledger = new DeviceLedger(numDevices);
    this.messages = new MessageRings(pipeline.rings, numDevices);
    this.phase = pipeline.firstPhase.slice(0, numDevices);
    this.repetition = new Float64Array(numDevices);
    this.pass = Int32Array.from(this.phase, phase => pipeline.firstPass[phase] as number);
    this.forwards = new Int32Array(numPlaces);
    this.backwards = new Int32Array(numPlaces);
    this.weights = new Int32Array(numPlaces);
    this.turnChunk = new Int32Array(2 * numDevices).fill(numChunks - 1, numDevices);
    this.turnEnd = new Int32Array(2 * numDevices).fill(pipeline.groupSize);
  }

  run(): void {
    let unfinished = this.pipeline.numDevices;
    while (unfinished > 0) {
      if (this.advance(this.messages.nextReady())) unfinished -= 1;
    }
  }

  /** Runs the program of `device` as far as its messages allow. @returns whether that is its end */
  private advance(device: number): boolean {
    const {firstPhase, firstPass, phaseTimes} = this.pipeline;
    const lastPhase = firstPhase[device + 1] as number;
    let phase = this.phase[device] as number;
    let pass = this.pass[device] as number;
    while (phase < lastPhase) {
      const end = firstPass[phase + 1] as number;
      for (; pass < end; pass += 1) {
        if (this.attempt(device, pass)) continue;
        this.phase[device] = phase;
        this.pass[device] = pass;
        return false;
      }
      const repetition = (this.repetition[device] as number) + 1;
      const again = repetition < (phaseTimes[phase] as number);
      this.repetition[device] = again ? repetition : 0;
      if (again) pass = firstPass[phase] as number;
      else phase += 1;
    }
    return true;
  }

  /** Does a pass of the program, or passes over one without a micro-batch left. @returns false if it has to wait */
  private attempt(device: number, pass: number): boolean {
    const {passKind, passChunk, passOther, numChunks} = this.pipeline;
    const kind = passKind[pass] as number;
    const chunk = passChunk[pass] as number;
    const turn = kind === FORWARD ? device : device + this.pipeline.numDevices;
    const place = device * numChunks + (chunk === IN_TURN ? (this.turnChunk[turn] as number) : chunk);
    if (kind === BACKWARD_WEIGHT) return this.weight(device, place);
    if (kind === PAIR) return this.pair(device, place, device * numChunks + (passOther[pass] as number));
    const done = kind === FORWARD ? this.forward(device, place) : this.backward(device, place, kind);
    if (done && chunk === IN_TURN) this.passTurn(turn, kind === FORWARD, place);
    return done;
  }

  private forward(device: number, place: number): boolean {
    const {messages, pipeline} = this;
    if (this.forwards[place] === pipeline.numMicrobatches[place]) return true;
    const input = pipeline.forwardInput[place] as number;
    if (messages.mustWait(device, input, pipeline.forwardOutput[place] as number)) return false;
    const seconds = pipeline.forward[place] as number;
    const occupied = pipeline.occupiedNext[place] as number;
    const start = this.ledger.work(device, messages.receive(input), seconds, occupied);
    this.endForward(device, place, start, start + seconds);
    return true;
  }

  private backward(device: number, place: number, kind: number): boolean {
    const {messages, pipeline} = this;
    if (this.backwards[place] === pipeline.numMicrobatches[place]) return true;
    const input = pipeline.backwardInput[place] as number;
    if (messages.mustWait(device, input, pipeline.backwardOutput[place] as number)) return false;
    const split = kind === BACKWARD_INPUT;
    const seconds =
      (pipeline.inputGradient[place] as number) + (split ? 0 : (pipeline.weightGradient[place] as number));
    const occupied = pipeline.occupiedPrevious[place] as number;
    const start = this.ledger.work(device, messages.receive(input), seconds, occupied);
    this.endBackward(device, place, split, start, start + seconds);
    return true;
  }

  private weight(device: number, place: number): boolean {
    const {pipeline} = this;
    const microbatch = this.weights[place] as number;
    if (microbatch === pipeline.numMicrobatches[place]) return true;
    if (microbatch >= (this.backwards[place] as number))
      throw new Error(orderProblem(device, 'weight gradient'));
    const seconds = pipeline.weightGradient[place] as number;
    const start = this.ledger.work(device, 0, seconds, 0);
    this.weights[place] = microbatch + 1;
    this.ledger.release(device, pipeline.weightGradientBytes[place] as number, true);
    this.numEvents += 1;
    const kind = 'backward-weight';
    this.observe?.(
      this.event(device, place, {kind, microbatch, startSeconds: start, endSeconds: start + seconds}),
    );
    return true;
  }

  private pair(device: number, place: number, other: number): boolean {
    const {messages, pipeline} = this;
    if (this.forwards[place] === pipeline.numMicrobatches[place]) return this.backward(device, other, PAIR);
    const forwardInput = pipeline.forwardInput[place] as number;
    const backwardInput = pipeline.backwardInput[other] as number;
    if (messages.mustWait(device, forwardInput, pipeline.forwardOutput[place] as number)) return false;
    if (messages.mustWait(device, backwardInput, pipeline.backwardOutput[other] as number)) return false;
    const forward = pipeline.forward[place] as number;
    const backward = (pipeline.inputGradient[other] as number) + (pipeline.weightGradient[other] as number);
    const seconds = forward + backward - pipeline.forwardBackwardOverlap * Math.min(forward, backward);
    const occupied = (pipeline.occupiedNext[place] as number) + (pipeline.occupiedPrevious[other] as number);
    const arrival = Math.max(messages.receive(forwardInput), messages.receive(backwardInput));
    const start = this.ledger.work(device, arrival, seconds, occupied);
    this.endForward(device, place, start, start + seconds);
    this.endBackward(device, other, false, start, start + seconds);
    return true;
  }

  private endForward(device: number, place: number, start: number, end: number): void {
    const {pipeline} = this;
    const microbatch = this.forwards[place] as number;
    this.forwards[place] = microbatch + 1;
    this.messages.send(pipeline.forwardOutput[place] as number, end + (pipeline.sendNext[place] as number));
    this.ledger.hold(device, pipeline.activationBytes[place] as number);
    this.numEvents += 1;
    const kind = 'forward';
    this.observe?.(this.event(device, place, {kind, microbatch, startSeconds: start, endSeconds: end}));
  }

  private endBackward(device: number, place: number, split: boolean, start: number, end: number): void {
    const {pipeline} = this;
    const microbatch = this.backwards[place] as number;
    if (microbatch >= (this.forwards[place] as number))
      throw new Error(orderProblem(device, 'backward pass'));
    this.backwards[place] = microbatch + 1;
    this.messages.send(
      pipeline.backwardOutput[place] as number,
      end + (pipeline.sendPrevious[place] as number),
    );
    const bytes = pipeline.activationBytes[place] as number;
    if (split) {
      this.ledger.release(device, bytes - (pipeline.weightGradientBytes[place] as number), false);
    } else {
      this.weights[place] = (this.weights[place] as number) + 1;
      this.ledger.release(device, bytes, true);
    }
    this.numEvents += 1;
    const kind = split ? 'backward-input' : 'backward';
    this.observe?.(this.event(device, place, {kind, microbatch, startSeconds: start, endSeconds: end}));
  }

  /** After the last micro-batch of its group, a chunk leaves the turn to the next one. */
  private passTurn(turn: number, isForward: boolean, place: number): void {
    const {numChunks, numMicrobatches, groupSize} = this.pipeline;
    const done = (isForward ? this.forwards[place] : this.backwards[place]) as number;
    if (done !== this.turnEnd[turn] && done !== numMicrobatches[place]) return;
    const last = isForward ? numChunks - 1 : 0;
    const chunk = this.turnChunk[turn] as number;
    if (chunk !== last) {
      this.turnChunk[turn] = chunk + (isForward ? 1 : -1);
    } else if (done < (numMicrobatches[place] as number)) {
      this.turnChunk[turn] = numChunks - 1 - last;
      this.turnEnd[turn] = (this.turnEnd[turn] as number) + groupSize;
    }
  }

  private event(device: number, place: number, pass: PassOfEvent): PipelineEvent {
    const chunk = place - device * this.pipeline.numChunks;
    return {...pass, device, chunk, activationBytes: this.ledger.heldBytes[device] as number};
  }
}

type PassOfEvent = Pick<PipelineEvent, 'kind' | 'microbatch' | 'startSeconds' | 'endSeconds'>;

function orderProblem(device: number, pass: string): string {
  return `the schedule asks device ${device} for a ${pass} before the pass that it needs`;
}
