import type {Job} from '../../src/tui/planning/job.js';
import type {PlanAnswer, Reply} from '../../src/tui/planning/reply.js';
import {handTimeline} from './hand-timeline.js';

/** Answers every job at once, with the same answer whatever the plan says. */
export function handReply(answer: PlanAnswer): (job: Job) => Reply | null {
  return job => {
    switch (job.kind) {
      case 'plan':
        return {kind: 'plan', text: job.text, answer};
      case 'timeline':
        return {kind: 'timeline', timeline: handTimeline(job.layout)};
      case 'calendar':
        return {
          kind: 'calendar',
          layout: job.layout,
          calendar: {
            points: Array.from({length: 12}, (_, i) => {
              const loss = 2 + 1 / (i + 1);
              return {
                seconds: (i + 1) * 12_000,
                tokens: (i + 1) * 8e9,
                loss,
                band: {p10: loss * 0.98, p50: loss, p90: loss * 1.02},
              };
            }),
            milestones: [{seconds: 60_000, tokens: 40e9, what: 'compute-optimal for its size'}],
          },
        };
      case 'trial':
        return {kind: 'trial', text: job.text, factors: job.factors, row: answer.rows[1] ?? null};
      case 'sensitivity':
        return {
          kind: 'sensitivity',
          text: job.text,
          total: 3,
          measure: 'time',
          found: [
            {
              name: 'peak',
              kind: 'hardware',
              changes: [
                {word: '/ 2', faster: -0.38, newLayout: null},
                {word: 'x 2', faster: 0.52, newLayout: answer.rows[1]?.layout ?? null},
              ],
            },
            {
              name: 'fabric bandwidth',
              kind: 'hardware',
              changes: [
                {word: '/ 2', faster: -0.12, newLayout: null},
                {word: 'x 2', faster: 0.07, newLayout: null},
              ],
            },
            {name: 'fabric latency', kind: 'hardware', changes: [{word: '/ 2', faster: 0, newLayout: null}]},
          ],
        };
      case 'diloco':
        return {
          kind: 'diloco',
          text: job.text,
          choices: [1, 2, 4].map((replicas, i) => ({replicas, row: answer.rows[i] ?? null})),
        };
      case 'sizes':
        return {
          kind: 'sizes',
          text: job.text,
          sizes: job.moments.map((seconds, i) => ({
            seconds,
            parameters: 7e9 * (i + 1),
            tokens: 2e11 * (i + 1),
            loss: 2.1 - i / 10,
          })),
          progress: 1,
        };
      case 'report':
        return {kind: 'report', out: job.out, html: '<!doctype html>'};
      case 'compare':
        return {
          kind: 'compare',
          text: job.text,
          results: job.items.map((item, i) => ({
            item,
            row: answer.rows[i % (answer.rows.length + 1)] ?? null,
            reasons: ['no layout fits'],
          })),
        };
    }
  };
}
