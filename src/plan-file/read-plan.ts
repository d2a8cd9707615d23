import {dirname} from 'node:path';
import {readFabric} from './hardware/read-fabric.js';
import {findHardware, readHardwareFile, readModelFile} from './library/library.js';
import {findModel} from './library/models/find-model.js';
import {shippedParts} from './library/part-files.js';
import {type PlanNames, type PlanRead, planOfText, planOfValue} from './plan-of-text.js';
import type {Problem} from './problem.js';
import {readText} from './read-text.js';
import {problemOfFile, type Source} from './source.js';

export type {PlanRead, ReadPlan} from './plan-of-text.js';

/** Names of the package's own files, and paths from the plan's folder or the working directory. */
const namesOfFiles: PlanNames = {
  model: async (name, path) => {
    const file = await findModel(name, [dirname(path), '.']);
    return 'message' in file ? file : readModelFile(file);
  },
  hardware: async (name, path) => {
    const file = await findHardware(name, [dirname(path), '.']);
    return 'message' in file ? file : {...(await readHardwareFile(file)), count: file.count};
  },
  fabric: (stated, path) => readFabric(stated, path, shippedParts()),
};

/** Reads a plan with everything that it names; all problems are returned at once. */
export async function readPlan(path: string): Promise<PlanRead> {
  const read = readText(path);
  return 'text' in read ? readPlanText(path, read.text) : {problems: [problemOfFile(path, read)]};
}

/** Reads the text of a plan; `path` is where it came from, and where its relative paths start. */
export async function readPlanText(path: string, text: string): Promise<PlanRead> {
  return planOfText(path, text, namesOfFiles);
}

/** As `readPlanText`, for a value that has been parsed; `before` holds the problems known already. */
export async function readPlanValue(
  source: Source,
  value: unknown,
  before: readonly Problem[] = [],
): Promise<PlanRead> {
  return planOfValue(source, value, {names: namesOfFiles, before});
}
