/** Flag that ends the search in all threads of the process. */
export interface SharedFlag {
  readonly memory: SharedArrayBuffer;
}

export function sharedFlag(): SharedFlag {
  return {memory: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)};
}

export function raise({memory}: SharedFlag): void {
  Atomics.store(new Int32Array(memory), 0, 1);
}

export function isRaised({memory}: SharedFlag): boolean {
  return Atomics.load(new Int32Array(memory), 0) === 1;
}
