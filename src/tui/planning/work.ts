import {estimateStep} from '../../pipeline/estimate.js';
import type {Problem} from '../../plan-file/problem.js';
import {type ReadPlan, readPlanText} from '../../plan-file/read-plan.js';
import {planCalendar} from '../../scaling/time-aware/plan-calendar.js';
import type {CalendarJob, Job, TimelineJob} from './job.js';
import {comparePlans} from './jobs/compare.js';
import {dilocoChoices} from './jobs/diloco.js';
import {planAnswers} from './jobs/plan.js';
import {reportSteps} from './jobs/report.js';
import {sizeReplies} from './jobs/sizes.js';
import {timelineOf} from './jobs/timeline.js';
import {sensitivityReplies, trialSteps} from './jobs/what-if.js';
import type {Reply} from './reply.js';
import type {Work} from './threads/scheduler.js';

/** Work on jobs of every kind. Consecutive jobs about the same text read it once. */
export function makeWork(): Work {
  const read = makePlanReader();
  return async function* (job) {
    const plan = await read(job.path, job.text);
    yield* 'problems' in plan ? unreadableReplies(job, plan.problems) : replies(job, plan);
  };
}

type PlanOrProblems = ReadPlan | {readonly problems: readonly Problem[]};

/** Reads a plan's text; the result of the last text is kept. */
function makePlanReader(): (path: string, text: string) => Promise<PlanOrProblems> {
  let last: {readonly key: string; readonly plan: Promise<PlanOrProblems>} | null = null;
  return (path, text) => {
    const key = `${path}\n${text}`;
    if (last?.key !== key) last = {key, plan: readPlanText(path, text)};
    return last.plan;
  };
}

/** Replies to a job whose plan has problems: the plan job reports them. */
function* unreadableReplies(job: Job, problems: readonly Problem[]): Generator<Reply> {
  if (job.kind === 'plan') yield {kind: 'plan', text: job.text, answer: {problems}};
  if (job.kind === 'report') yield {kind: 'report', out: job.out, html: null};
}

async function* replies(job: Job, read: ReadPlan): AsyncGenerator<Reply | null> {
  const {text} = job;
  switch (job.kind) {
    case 'plan':
      for await (const answer of planAnswers(read))
        yield answer === null ? null : {kind: 'plan', text, answer};
      break;
    case 'timeline':
      yield* timelineReplies(job, read);
      break;
    case 'calendar':
      yield* calendarReplies(job, read);
      break;
    case 'compare':
      for await (const results of comparePlans(read, job.items))
        yield results === null ? null : {kind: 'compare', text, results};
      break;
    case 'trial':
      yield {kind: 'trial', text, factors: job.factors, row: yield* trialSteps(read.plan, job.factors)};
      break;
    case 'sensitivity':
      yield* sensitivityReplies(read.plan, text);
      break;
    case 'diloco':
      for await (const choices of dilocoChoices(read, job.path))
        yield choices === null ? null : {kind: 'diloco', text, choices};
      break;
    case 'sizes':
      yield* sizeReplies(read.plan, job);
      break;
    case 'report':
      yield {kind: 'report', out: job.out, html: yield* reportSteps(read)};
      break;
  }
}

function* timelineReplies({layout}: TimelineJob, {plan}: ReadPlan): Generator<Reply | null> {
  // A newer job may come before the simulation, which is one slice.
  yield null;
  yield {kind: 'timeline', timeline: timelineOf(plan, layout)};
}

function* calendarReplies({layout}: CalendarJob, {plan}: ReadPlan): Generator<Reply | null> {
  yield null;
  yield {kind: 'calendar', layout, calendar: planCalendar(plan, estimateStep({...plan, layout}))};
}
