/** Stands for a message that is not needed: the route begins or ends here. */
export const NO_RING = -1;

/** Between which devices the messages of a ring go. */
export interface RingEnds {
  readonly sender: Int32Array;
  readonly receiver: Int32Array;
}

/**
 * Messages on their way, as arrival times in first-in-first-out rings, and the devices that may run.
 *
 * A device runs ahead of the others until it lacks a message or a ring is full; the message, or the
 * space, wakes it. This order of events is not that of time, and does not matter to time. So rings are
 * small; when all devices wait for space they double (Parks 1995, "Bounded scheduling of process
 * networks", chapter 4). Their size follows from how far a schedule lets neighbours drift apart, and
 * grows with stages, not with micro-batches.
 */
export class MessageRings {
  private readonly ends: RingEnds;
  private readonly pushed: Int32Array;
  private readonly popped: Int32Array;
  /** Messages that a ring has room for: a power of two, so that the place in a ring is a mask away. */
  capacity = initialCapacity;
  private arrivals: Float64Array;
  /** By device: the ring whose message, or whose space, it waits for. */
  private readonly lacking: Int32Array;
  private readonly crowded: Int32Array;
  /** A queue of devices, each in it at most once. */
  private readonly ready: Int32Array;
  private readyHead = 0;
  private readyCount: number;

  constructor(ends: RingEnds, numDevices: number) {
    const numRings = ends.receiver.length;
    this.ends = ends;
    this.pushed = new Int32Array(numRings);
    this.popped = new Int32Array(numRings);
    this.arrivals = new Float64Array(numRings * this.capacity);
    this.lacking = new Int32Array(numDevices).fill(NO_RING);
    this.crowded = new Int32Array(numDevices).fill(NO_RING);
    this.ready = Int32Array.from({length: numDevices}, (_, device) => device);
    this.readyCount = numDevices;
  }

  /** Takes a device that may run from the queue. */
  nextReady(): number {
    if (this.readyCount === 0) this.makeSpace();
    const device = this.ready[this.readyHead] as number;
    this.readyHead = this.readyHead + 1 === this.ready.length ? 0 : this.readyHead + 1;
    this.readyCount -= 1;
    return device;
  }

  /** Whether a pass with these messages has to wait; if so, `device` is woken when it may go on. */
  mustWait(device: number, input: number, output: number): boolean {
    if (input !== NO_RING && this.pushed[input] === this.popped[input]) {
      this.lacking[device] = input;
      return true;
    }
    if (
      output !== NO_RING &&
      (this.pushed[output] as number) - (this.popped[output] as number) === this.capacity
    ) {
      this.crowded[device] = output;
      return true;
    }
    return false;
  }

  /** Takes the oldest message of a ring. @returns when it arrives, seconds; 0 without a ring */
  receive(ring: number): number {
    if (ring === NO_RING) return 0;
    const index = this.popped[ring] as number;
    this.popped[ring] = index + 1;
    const sender = this.ends.sender[ring] as number;
    if (this.crowded[sender] === ring) {
      this.crowded[sender] = NO_RING;
      this.wake(sender);
    }
    return this.arrivals[ring * this.capacity + (index & (this.capacity - 1))] as number;
  }

  send(ring: number, arrival: number): void {
    if (ring === NO_RING) return;
    const index = this.pushed[ring] as number;
    this.pushed[ring] = index + 1;
    this.arrivals[ring * this.capacity + (index & (this.capacity - 1))] = arrival;
    const receiver = this.ends.receiver[ring] as number;
    if (this.lacking[receiver] === ring) {
      this.lacking[receiver] = NO_RING;
      this.wake(receiver);
    }
  }

  private wake(device: number): void {
    const {ready} = this;
    let tail = this.readyHead + this.readyCount;
    if (tail >= ready.length) tail -= ready.length;
    ready[tail] = device;
    this.readyCount += 1;
  }

  /** Doubles every ring and wakes the devices that waited for space. */
  private makeSpace(): void {
    const {capacity, arrivals, pushed, popped, crowded} = this;
    const wider = new Float64Array(arrivals.length * 2);
    for (let ring = 0; ring < pushed.length; ring += 1) {
      for (let index = popped[ring] as number; index < (pushed[ring] as number); index += 1) {
        const arrival = arrivals[ring * capacity + (index & (capacity - 1))] as number;
        wider[ring * 2 * capacity + (index & (2 * capacity - 1))] = arrival;
      }
    }
    this.capacity = 2 * capacity;
    this.arrivals = wider;
    crowded.forEach((ring, device) => {
      if (ring === NO_RING) return;
      crowded[device] = NO_RING;
      this.wake(device);
    });
    if (this.readyCount === 0) throw new Error('every device waits for a message: the schedule is circular');
  }
}

/** A few turns of the loop ahead; every schedule but the interleaved ones stays within. */
const initialCapacity = 8;
