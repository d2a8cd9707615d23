import {beforeAll, describe, expect, test} from 'vitest';
import {simulateStep} from '../../src/pipeline/simulate-step.js';
import {readHardware, readModel} from '../../src/plan-file/library/library.js';
import {readPlan} from '../../src/plan-file/read-plan.js';
import {makeModelView} from '../../src/report/model-view.js';
import {makeSimulation} from '../../src/report/simulation.js';
import {displayWidth} from '../../src/report/terminal/display-width.js';
import type {TerminalStyle} from '../../src/report/terminal/terminal-style.js';
import {renderHardware} from '../../src/report/text/hardware-text.js';
import {renderModel} from '../../src/report/text/model-text.js';
import {renderNoFit} from '../../src/report/text/plan/no-fit.js';
import {renderPlanAnswer} from '../../src/report/text/plan/plan-text.js';
import {renderSimulation} from '../../src/report/text/simulation/simulation-text.js';
import {answerVariants} from '../../src/search/variants/search-variants.js';
import {simulatePlan} from './published-plan.js';

const pages: Record<string, (style: TerminalStyle) => string[]> = {};

beforeAll(async () => {
  const simulation = await simulatePlan('frontier-175b-dash2023');
  const deep = await simulatePlan('frontier-1t');
  const read = await readPlan('plans/llama-3-70b-h100.yaml');
  const hardware = await readHardware('frontier-mi250x');
  const model = await readModel('llama-3-8b');
  if ('problems' in read || 'problems' in hardware || 'problems' in model) throw new Error('unreadable');
  const {plan} = read;
  const answer = answerVariants(read.space);
  if (answer.best === null) throw new Error('the plan has a layout');
  const best = makeSimulation(plan, answer.best.candidate.layout, answer.best.candidate.estimate);
  const small = {...plan, cluster: {...plan.cluster, numDevices: 2}};
  const failed = answerVariants({variants: [{choices: {}, plan: small}], infeasible: []});
  pages.simulation = style =>
    renderSimulation(style, simulation, simulateStep({...simulation.plan, layout: simulation.layout}));
  pages['simulation of 64 stages'] = style =>
    renderSimulation(style, deep, simulateStep({...deep.plan, layout: deep.layout}));
  pages.plan = style => renderPlanAnswer(style, answer, best, {seconds: 0.5, threads: 1});
  pages['no fit'] = style => renderNoFit(style, small, failed);
  pages.hardware = style => renderHardware(style, hardware.profile);
  pages.model = style => renderModel(style, makeModelView(model.profile, 8192));
});

const names = ['simulation', 'simulation of 64 stages', 'plan', 'no fit', 'hardware', 'model'];

describe.each(names)('%s', name => {
  const draw = (style: TerminalStyle) => pages[name]!(style);

  test.each([40, 60, 80, 200])('no line is wider than %i columns', width => {
    for (const line of draw({width, color: true, unicode: true})) {
      // A word that is longer than the page (a path, a name) stays whole, so that it can be copied.
      const longestWord = Math.max(...line.split(' ').map(displayWidth));
      if (longestWord < width - 8) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    }
  });

  test('colours change nothing but colours', () => {
    const plain = draw({width: 80, color: false, unicode: true}).join('\n');
    const colored = draw({width: 80, color: true, unicode: true}).join('\n');
    expect(colored).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
    expect(colored.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(plain);
  });

  test('without block characters everything is ASCII', () => {
    const text = draw({width: 80, color: false, unicode: false}).join('\n');
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });
});
