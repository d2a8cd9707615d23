import {existsSync} from 'node:fs';
import {basename, join} from 'node:path';
import type {FrameworksRead, FrameworkText} from '../frameworks/read-frameworks.js';
import type {Problem} from '../problem.js';
import {type FileText, readText} from '../read-text.js';
import {problemOfFile} from '../source.js';
import {allFrameworks, lookUp, readEntry} from './catalogue.js';
import {displayPath, frameworksPath, listFrameworkFiles, profilesVariable} from './presets.js';

let known: Promise<FrameworksRead> | null = null;

/** All frameworks of the package; read once, since every profile needs them. */
export function readFrameworks(): Promise<FrameworksRead> {
  known ??= read();
  return known;
}

async function read(): Promise<FrameworksRead> {
  const files = readFrameworkFiles();
  if ('problems' in files) return files;
  const compiled = lookUp(readEntry('frameworks', allFrameworks), hashedTexts(files.files));
  if (compiled !== null) return {frameworks: compiled};
  const {readFrameworkTexts} = await import('../frameworks/read-frameworks.js');
  return readFrameworkTexts(files.files);
}

/** Texts of the files of all frameworks. */
export function readFrameworkFiles():
  | {readonly files: readonly FrameworkText[]}
  | {readonly problems: readonly Problem[]} {
  const folder = frameworksPath();
  if (!existsSync(join(folder, 'fits'))) {
    const message = 'is no folder of frameworks with their fits';
    return {problems: [problemOfFile(folder, {message, hint: `check ${profilesVariable}`})]};
  }
  const problems: Problem[] = [];
  const textOf = (path: string): FileText => {
    const text = readText(path);
    if ('text' in text) return {path: displayPath(path), text: text.text};
    problems.push(problemOfFile(displayPath(path), text));
    return {path, text: ''};
  };
  const files = listFrameworkFiles().map(({path, fits}) => ({
    ...textOf(path),
    fits: fits === null ? null : textOf(fits),
  }));
  return problems.length > 0 ? {problems} : {files};
}

/** What the compiled frameworks are valid for. */
export function hashedTexts(files: readonly FrameworkText[]): string[] {
  return files.flatMap(({path, text, fits}) => [basename(path), text, fits?.text ?? '']);
}
