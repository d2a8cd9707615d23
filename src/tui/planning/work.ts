import {estimateStep} from '../../pipeline/estimate.js';
import type {Problem} from '../../plan-file/problem.js';
import {type ReadPlan, readPlanText} from '../../plan-file/read-plan.js';
import {planCalendar} from '../../scaling/time-aware/plan-calendar.js';
import type {
  CalendarJob,
  CompareJob,
  Job,
  OuterJob,
  PlanJob,
  Reply,
  ReportJob,
  SensitivityJob,
  SizesJob,
  TimelineJob,
  TrialJob,
} from './answers.js';
import type {Work} from './threads/scheduler.js';
import {comparedPlans} from './topics/compare.js';
import {outerChoices} from './topics/outer.js';
import {planAnswers} from './topics/plan-answer.js';
import {reportOf} from './topics/report.js';
import {sizeReplies} from './topics/sizes.js';
import {timelineOf} from './topics/timeline.js';
import {sensitivityReplies, trialOf} from './topics/what-if.js';

/** What the planner's worker does: one function for each topic of jobs. */
export const work: Work = job => workOn(job);

function workOn(job: Job): AsyncGenerator<Reply | null> {
  switch (job.topic) {
    case 'plan':
      return workOnPlan(job);
    case 'timeline':
      return workOnTimeline(job);
    case 'calendar':
      return workOnCalendar(job);
    case 'compare':
      return workOnCompare(job);
    case 'trial':
      return workOnTrial(job);
    case 'sensitivity':
      return workOnSensitivity(job);
    case 'outer':
      return workOnOuter(job);
    case 'sizes':
      return workOnSizes(job);
    case 'report':
      return workOnReport(job);
  }
}

async function* workOnPlan({path, text}: PlanJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  if ('problems' in read) {
    yield {topic: 'plan', text, answer: read};
    return;
  }
  for await (const answer of planAnswers(read)) yield answer === null ? null : {topic: 'plan', text, answer};
}

async function* workOnTimeline({path, text, layout}: TimelineJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  if ('problems' in read) return;
  yield null;
  const timeline = timelineOf(read.plan, layout);
  if (timeline !== null) yield {topic: 'timeline', timeline};
}

async function* workOnCalendar({path, text, layout}: CalendarJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  if ('problems' in read) return;
  yield null;
  const estimate = estimateStep({...read.plan, layout});
  if (estimate === null) return;
  yield {topic: 'calendar', layout, calendar: planCalendar(read.plan, estimate)};
}

async function* workOnCompare({path, text, comparands}: CompareJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  if ('problems' in read) return;
  for await (const done of comparedPlans(read, comparands)) {
    yield done === null ? null : {topic: 'compare', text, done};
  }
}

async function* workOnTrial({path, text, factors}: TrialJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  if ('problems' in read) return;
  const row = yield* trialOf(read.plan, factors);
  yield {topic: 'trial', text, factors, row};
}

async function* workOnSensitivity({path, text}: SensitivityJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  if (!('problems' in read)) yield* sensitivityReplies(read.plan, text);
}

async function* workOnOuter({path, text}: OuterJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  if ('problems' in read) return;
  for await (const choices of outerChoices(read, path)) {
    yield choices === null ? null : {topic: 'outer', text, choices};
  }
}

async function* workOnSizes(job: SizesJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(job.path, job.text);
  if (!('problems' in read)) yield* sizeReplies(read.plan, job);
}

async function* workOnReport({path, text, out}: ReportJob): AsyncGenerator<Reply | null> {
  const read = await readOnce(path, text);
  const html = 'problems' in read ? null : yield* reportOf(read);
  yield {topic: 'report', out, html};
}

let last: {readonly key: string; readonly read: Promise<ReadPlan | {readonly problems: readonly Problem[]}>} =
  {key: '', read: Promise.resolve({problems: []})};

/** Jobs about one plan follow each other; it is read once. */
function readOnce(path: string, text: string): Promise<ReadPlan | {readonly problems: readonly Problem[]}> {
  const key = `${path}\n${text}`;
  if (last.key !== key) last = {key, read: readPlanText(path, text)};
  return last.read;
}
