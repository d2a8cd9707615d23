import type {
  Bytes,
  BytesPerSecond,
  FlopPerSecond,
  Seconds,
  UsdPerSecond,
  Watts,
} from '../units/quantities.js';

/** Number formats of matrix multiplication. `mxfp8` and `nvfp4` are block-scaled. */
export const precisions = ['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'mxfp8', 'nvfp4', 'int8'] as const;
export type Precision = (typeof precisions)[number];

/** One device as a training framework sees it: a GPU, a GCD of an MI250X, a TPU chip. */
export interface Accelerator {
  readonly name: string;
  /** Dense peak of the matrix units by precision; absent where the device has no such mode. */
  readonly peak: Readonly<Partial<Record<Precision, FlopPerSecond>>>;
  /** Streaming multiprocessors or compute units: what a wave of output tiles is spread over. */
  readonly numComputeUnits: number;
  readonly memory: Bytes;
  readonly memoryBandwidth: BytesPerSecond;
  readonly power: Watts;
  readonly idlePower: Watts;
  /** On-demand price of one device; null where it is not for sale. */
  readonly price: UsdPerSecond | null;
  readonly kernels: KernelFacts;
}

/** What the vendor's libraries reach on this device. */
export interface KernelFacts {
  /** Best fraction of peak that a large GEMM reaches, by precision ("default" for those not named). */
  readonly gemmEfficiency: Readonly<Partial<Record<Precision, number>>> & {readonly default: number};
  /** Output tile of one compute unit. */
  readonly tileRows: number;
  readonly tileColumns: number;
  /** Share of speed that a tile loses for each doubling of the operands that it reads per FLOP. */
  readonly smallTileLoss: number;
  /** Whether compute units idle until the last wave of tiles ends; not so where persistent kernels split its tiles. */
  readonly wholeWaves: boolean;
  /** Depth k at which the main loop reaches half of its speed (prologue and epilogue weigh as much as the loop). */
  readonly halfDepth: number;
  /** The same where 16-bit operands give a 32-bit output (weight gradients), whose epilogue writes twice as much. */
  readonly halfDepth32: number;
  /** Grouped products (experts): share of the time to move weights and their gradients that no compute hides. */
  readonly groupedExposure: number;
  /** Time between two products of a group that the library starts one by one; 0 where one kernel takes them all. */
  readonly groupedIssue: Seconds;
  /** Sustained fraction of the memory bandwidth of a streaming kernel. */
  readonly memoryEfficiency: number;
  /** The same of the operands of a matrix product. */
  readonly operandEfficiency: number;
  /** Device time of a kernel without work, by what it does. */
  readonly start: KernelStart;
  /** The attention kernel written for this generation of devices. */
  readonly attention: FlashFacts;
  /** FlashAttention-2, which is written for Ampere. */
  readonly flash2: FlashFacts;
}

export interface KernelStart {
  readonly product: Seconds;
  readonly stream: Seconds;
  readonly attention: Seconds;
}

/** What a flash kernel reaches in each pass. */
export interface FlashFacts {
  readonly forward: FlashPassFacts;
  readonly backward: FlashPassFacts;
}

export interface FlashPassFacts {
  /** Fraction of the matrix peak over long sequences, with heads of 128. */
  readonly rate: number;
  /** Keys whose work each query costs besides that of the keys that it reads: loads, softmax, epilogue. */
  readonly rowKeys: number;
  /** Keys in addition where a mask cuts blocks. */
  readonly maskedKeys: number;
  /** Rows of queries that the last block still works on, on average, while other units have none left. */
  readonly tailRows: number;
  /** Head sizes that are compiled, in rising order: others are padded. */
  readonly heads: readonly HeadSpeed[];
}

/** Speed with heads of one size over that with heads of 128. */
export interface HeadSpeed {
  readonly size: number;
  readonly speed: number;
}

/** The host that a group of devices shares. */
export interface Host {
  readonly memory: Bytes;
  /** One direction, per device. */
  readonly linkBandwidth: BytesPerSecond;
}
