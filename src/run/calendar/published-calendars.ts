import type {CalendarTerm} from '../../plan/operation.js';

/** A published run of which useful and spent time are both known. */
export interface PublishedCalendar {
  readonly run: string;
  readonly devices: number;
  readonly nodes: number;
  /** Useful time over spent time. */
  readonly useful: number;
  /** Goodput of the clean run of the same plan: failures at their rate, checkpoints and automatic restarts. */
  readonly clean: number;
  /** What its account names as lost time, in equal parts. */
  readonly causes: readonly CalendarTerm[];
  readonly source: string;
}

/** Accounts that name no cause leave out what everybody has: evaluation and slow starts. */
const unnamed = ['evaluation', 'slowStarts'] as const;

/** Runs of 2020 to 2025 on 112 to 16,384 devices. */
export const publishedCalendars: readonly PublishedCalendar[] = [
  {
    run: 'OPT-175B',
    devices: 992,
    nodes: 124,
    useful: 0.58,
    clean: 0.985,
    causes: ['diagnosis', 'rollbacks'],
    source:
      'arXiv 2205.01068 sec. 2.4, 2.5 and its logbook: 33 days of training in 57, 35 restarts by hand, rollbacks after divergence',
  },
  {
    run: 'PaLM 540B',
    devices: 6144,
    nodes: 1536,
    useful: 0.67,
    clean: 0.955,
    causes: ['waiting', 'rollbacks', 'diagnosis'],
    source:
      'arXiv 2204.02311 sec. 4, App. B: 5.6 M chip-hours at 45.7 % of 8.4 M booked; downtime, repeated steps, half the chips in one part',
  },
  {
    run: 'GLM-130B',
    devices: 768,
    nodes: 96,
    useful: 0.77,
    clean: 0.983,
    causes: unnamed,
    source: 'arXiv 2210.02414: 60 days of access',
  },
  {
    run: 'SmolLM3 3B',
    devices: 384,
    nodes: 48,
    useful: 0.8,
    clean: 0.997,
    causes: ['firstPart', 'slowStarts'],
    source:
      'announcement of SmolLM3: 24 days of tokens over throughput in nearly 30, started again after 1 T of 11.2 T tokens',
  },
  {
    run: 'INTELLECT-1',
    devices: 112,
    nodes: 14,
    useful: 0.83,
    clean: 0.937,
    causes: ['throughput'],
    source: 'arXiv 2412.01152: compute utilization over continents, nodes that join and leave',
  },
  {
    run: 'BLOOM-176B',
    devices: 384,
    nodes: 48,
    useful: 0.85,
    clean: 0.982,
    causes: ['throughput'],
    source: 'arXiv 2211.05100, 2211.02001: hours against its best 156 TFLOP/s',
  },
  {
    run: 'Llama 3 405B',
    devices: 16_384,
    nodes: 2048,
    useful: 0.87,
    clean: 0.93,
    causes: ['diagnosis', 'throughput'],
    source:
      'arXiv 2407.21783 sec. 3.3: hours against an MFU of 41 % (0.84) and effective time above 0.90; interruptions, heat by day',
  },
  {
    run: 'MegaScale 175B',
    devices: 12_288,
    nodes: 1536,
    useful: 0.9,
    clean: 0.95,
    causes: ['diagnosis', 'throughput'],
    source: 'arXiv 2402.15627: effective time above 0.90, over 100 recoveries, stragglers',
  },
  {
    run: 'Gopher 280B',
    devices: 4096,
    nodes: 512,
    useful: 0.93,
    clean: 0.975,
    causes: unnamed,
    source: 'arXiv 2112.11446, 2204.02311 Table 3: hours against an MFU of 32.5 %',
  },
  {
    run: 'Apertus 70B',
    devices: 4096,
    nodes: 1024,
    useful: 0.96,
    clean: 0.98,
    causes: unnamed,
    source: 'arXiv 2509.14233: hours against 723 tokens/s a device',
  },
  {
    run: 'BloombergGPT 50B',
    devices: 512,
    nodes: 64,
    useful: 0.99,
    clean: 0.989,
    causes: [],
    source: 'arXiv 2303.17564: step time times steps against days',
  },
];

/** Time lost on top of the clean run, over the clean run. */
export function lostShare({useful, clean}: PublishedCalendar): number {
  return Math.max(0, clean / useful - 1);
}
