/**
 * What each device has done so far: its clock, how it spent its time, and the activations it holds.
 *
 * Flat arrays by device, as the event loop writes them for every pass.
 */
export class DeviceLedger {
  /** When the device may start its next pass. */
  readonly freeSeconds: Float64Array;
  readonly startSeconds: Float64Array;
  readonly computeSeconds: Float64Array;
  readonly communicationSeconds: Float64Array;
  readonly heldBytes: Float64Array;
  readonly peakBytes: Float64Array;
  readonly peakInFlight: Int32Array;
  private readonly inFlight: Int32Array;

  constructor(numDevices: number) {
    this.freeSeconds = new Float64Array(numDevices);
    this.startSeconds = new Float64Array(numDevices).fill(Number.NaN);
    this.computeSeconds = new Float64Array(numDevices);
    this.communicationSeconds = new Float64Array(numDevices);
    this.heldBytes = new Float64Array(numDevices);
    this.peakBytes = new Float64Array(numDevices);
    this.peakInFlight = new Int32Array(numDevices);
    this.inFlight = new Int32Array(numDevices);
  }

  /** Books a pass and the part of its messages that keeps the device. @returns when the pass starts */
  work(device: number, arrival: number, seconds: number, occupied: number): number {
    const free = this.freeSeconds[device] as number;
    const start = arrival > free ? arrival : free;
    if (Number.isNaN(this.startSeconds[device] as number)) this.startSeconds[device] = start;
    this.freeSeconds[device] = start + seconds + occupied;
    this.computeSeconds[device] = (this.computeSeconds[device] as number) + seconds;
    this.communicationSeconds[device] = (this.communicationSeconds[device] as number) + occupied;
    return start;
  }

  /** A forward pass keeps activations for its backward pass. */
  hold(device: number, bytes: number): void {
    const held = (this.heldBytes[device] as number) + bytes;
    this.heldBytes[device] = held;
    if (held > (this.peakBytes[device] as number)) this.peakBytes[device] = held;
    const inFlight = (this.inFlight[device] as number) + 1;
    this.inFlight[device] = inFlight;
    if (inFlight > (this.peakInFlight[device] as number)) this.peakInFlight[device] = inFlight;
  }

  /** @param all whether this frees the last of what a forward pass kept */
  release(device: number, bytes: number, all: boolean): void {
    this.heldBytes[device] = (this.heldBytes[device] as number) - bytes;
    if (all) this.inFlight[device] = (this.inFlight[device] as number) - 1;
  }
}
