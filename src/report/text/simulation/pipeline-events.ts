import type {StepSimulation} from '../../../pipeline/simulate-step.js';
import {formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';

/** What the simulation by events adds to the closed form, in two sentences. */
export function pipelineLines(style: TerminalStyle, {pipeline, closedFormSeconds}: StepSimulation): string[] {
  const {seconds, devices, numEvents} = pipeline;
  const bubbles = devices.map(({bubbleSeconds}) => bubbleSeconds / seconds);
  const flights = devices.map(({peakInFlight}) => peakInFlight);
  return [
    `${formatSeconds(seconds)} for ${numEvents} passes; the closed form ${closeness(closedFormSeconds / seconds - 1)}`,
    `stages wait ${formatPercent(Math.min(...bubbles))} to ${formatPercent(Math.max(...bubbles))} of it, and hold the activations of ${Math.min(...flights)} to ${Math.max(...flights)} passes`,
  ].flatMap(sentence => wrap(style, sentence));
}

/** Differences below this are rounding. */
const rounding = 1e-9;

function closeness(difference: number): string {
  if (Math.abs(difference) < rounding) return 'agrees';
  return `is ${formatPercent(Math.abs(difference))} ${difference < 0 ? 'below' : 'above'}`;
}

/** The same as data. */
export function pipelineJson({pipeline, closedFormSeconds}: StepSimulation) {
  return {
    simulatedSeconds: pipeline.seconds,
    closedFormSeconds,
    numEvents: pipeline.numEvents,
    stages: pipeline.devices.map(device => ({
      computeSeconds: device.computeSeconds,
      communicationSeconds: device.communicationSeconds,
      bubbleSeconds: device.bubbleSeconds,
      peakActivationBytes: device.peakActivationBytes,
      peakInFlight: device.peakInFlight,
    })),
  };
}
