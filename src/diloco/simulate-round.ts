/** Inner steps of a replica and the reductions between replicas, seconds. Replicas are equal, so one stands for all. */
export interface OuterRound {
  /** Layers in the order of the forward pass, each with an equal share of the model. */
  readonly numLayers: number;
  /** Passes of one inner step, the optimizer with the backward pass. */
  readonly forward: number;
  readonly backward: number;
  /** Inner steps from one reduction of a fragment to its next one. */
  readonly innerSteps: number;
  /** Parts of the model that take turns; fragment p holds the layers l with l mod fragments = p. */
  readonly fragments: number;
  /** Inner steps that go on while a fragment is under way. */
  readonly overlapSteps: number;
  /** Reduction of the whole model, without latency. */
  readonly reduction: number;
  /** Latency of each reduction of a fragment. */
  readonly latency: number;
}

/** A round of a run that has settled. */
export interface SimulatedRound {
  readonly seconds: number;
  /** Time that the link between replicas is busy. */
  readonly linkSeconds: number;
  /** Share of the round that is spent on inner steps. */
  readonly computeUtilization: number;
}

/** Rounds are alike when they differ by less than this. */
const settled = 1e-12;
const fewestRounds = 3;
const mostRounds = 50;

/**
 * One round of `innerSteps`, by events.
 *
 * A layer's difference is final when the last backward pass of its fragment has gone through it; it is
 * then sent, one layer after the other, while the pass goes on through the layers before it. The forward
 * pass that needs the merged layer, `overlapSteps` steps later, waits for it. With one inner step this is
 * data parallel with reductions after the backward pass.
 *
 * @see Douillard et al. 2025, "Streaming DiLoCo" (arXiv 2501.18512) sec. 2 and the simulator of its sec. 3.1
 */
export function simulateRound(round: OuterRound): SimulatedRound {
  const {numLayers, innerSteps} = round;
  const state = {
    clock: 0,
    link: 0,
    arrivals: new Float64Array(numLayers),
    needed: new Int32Array(numLayers).fill(-1),
  };
  const sends = sendingFragments(round);
  const fragmentsSent = sends.flat().length;
  const linkSeconds = round.reduction + fragmentsSent * round.latency;
  let before = 0;
  let seconds = 0;
  // A link that is too slow eats up the overlap over some rounds; from then on rounds are alike.
  for (let count = 0; count < mostRounds; count += 1) {
    if (count >= fewestRounds && Math.abs(seconds - before) <= settled * seconds) break;
    before = seconds;
    const start = state.clock;
    for (let step = 0; step < innerSteps; step += 1) {
      runStep(round, state, count * innerSteps + step, sends[step] ?? []);
    }
    seconds = state.clock - start;
  }
  // What is sent in a round goes over the link in a round.
  seconds = Math.max(seconds, linkSeconds);
  return {
    seconds,
    linkSeconds,
    computeUtilization: (innerSteps * (round.forward + round.backward)) / seconds,
  };
}

/** Fragments to send at each step of a round: the whole model at its end, several spread evenly over it. */
function sendingFragments({innerSteps, fragments}: OuterRound): number[][] {
  const sends: number[][] = Array.from({length: innerSteps}, () => []);
  for (let fragment = 0; fragment < fragments; fragment += 1) {
    const step = Math.ceil(((fragment + 1) * innerSteps) / fragments) - 1;
    sends[step]?.push(fragment);
  }
  return sends;
}

interface RoundState {
  clock: number;
  /** When the link is free. */
  link: number;
  /** When each layer's reduction arrives, and the step whose forward pass waits for it. */
  readonly arrivals: Float64Array;
  readonly needed: Int32Array;
}

function runStep(round: OuterRound, state: RoundState, step: number, sending: readonly number[]): void {
  const {numLayers, fragments, overlapSteps} = round;
  const {arrivals, needed} = state;
  for (let layer = 0; layer < numLayers; layer += 1) {
    if (needed[layer] === step) state.clock = Math.max(state.clock, arrivals[layer] as number);
    state.clock += round.forward / numLayers;
  }
  if (sending.length === 0) {
    state.clock += round.backward;
    return;
  }
  const sent = new Set<number>();
  for (let layer = numLayers - 1; layer >= 0; layer -= 1) {
    state.clock += round.backward / numLayers;
    const fragment = layer % fragments;
    if (!sending.includes(fragment)) continue;
    const latency = sent.has(fragment) ? 0 : round.latency;
    sent.add(fragment);
    state.link = Math.max(state.link, state.clock) + latency + round.reduction / numLayers;
    arrivals[layer] = state.link;
    needed[layer] = step + 1 + overlapSteps;
  }
}
