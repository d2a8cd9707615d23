import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import type {PlanVariants} from '../../plan/variant.js';
import {replaceFile} from '../../plan-file/edit/write-atomically.js';
import type {Problem} from '../../plan-file/problem.js';
import type {Fault} from '../../plan-file/quantity/parse-quantity.js';
import {errorCode} from '../../plan-file/read-text.js';
import {problemOfFile} from '../../plan-file/source.js';
import type {StudyRow} from '../../report/study/study-row.js';
import type {SearchShard} from '../../search/search-result.js';
import type {VariantPart} from '../../search/variants/parted-search.js';
import type {Risk} from '../../units/band.js';
import {version} from '../version.js';

/** What a search has come to, as a file: a finished shard for `walltime merge`, or a snapshot for `--resume`. */
export interface PartFile {
  readonly walltime: string;
  readonly kind: 'search-part';
  /** With everything that it takes to read it again. */
  readonly plan: {readonly path: string; readonly text: string};
  /** Digest of the plan as it was read, with its model and its hardware. */
  readonly digest: string;
  readonly options: PartOptions;
  readonly shard: SearchShard;
  readonly complete: boolean;
  readonly parts: readonly VariantPart[];
}

/** Rows of a study, as a file of the same kinds. */
export interface StudyFile extends Omit<PartFile, 'kind' | 'options' | 'parts'> {
  readonly kind: 'study-part';
  readonly options: {readonly risk: Risk};
  readonly axes: readonly string[];
  /** Plans of the whole study. */
  readonly cells: number;
  readonly rows: readonly StudyRow[];
}

/** Options that the answer depends on in addition to the plan. */
export interface PartOptions {
  readonly alternatives: number;
  readonly risk: Risk;
}

/** The same for plans that are the same to the last figure, whatever files their names lead to. */
export function digestOf(space: PlanVariants): string {
  // JSON has no Infinity: the fan-out of the outermost level is null in all of them.
  return createHash('sha256').update(JSON.stringify(space)).digest('hex').slice(0, 32);
}

/** Writes the file whole or not at all, over an earlier one of the same kind only. */
export function writePartFile(path: string, content: PartFile | StudyFile): Problem | null {
  const earlier = existsSync(path) ? readStoredFile(path) : null;
  if (earlier !== null && 'problem' in earlier) {
    return problemOfFile(path, {
      message: 'is there already and is not of a search, so it is not overwritten',
      hint: 'choose another name, or remove it first',
    });
  }
  try {
    replaceFile(path, `${JSON.stringify(content)}\n`);
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    const hint = 'choose a folder that exists and may be written to';
    return problemOfFile(path, {message: `cannot be written (${code})`, hint});
  }
}

export type StoredFile = PartFile | StudyFile;
type StoredRead<File> = {readonly file: File} | {readonly problem: Problem};

/** The result of the search of a plan; that of a study is a problem. */
export function readPartFile(path: string): StoredRead<PartFile> {
  const read = readStoredFile(path);
  if ('problem' in read) return read;
  const {file} = read;
  if (file.kind === 'search-part') return {file};
  const hint = 'name another file, or remove it';
  return {problem: problemOfFile(path, {message: 'holds rows of a study', hint})};
}

/** What a search of a plan or a study wrote. */
export function readStoredFile(path: string): StoredRead<StoredFile> {
  const content = parsed(path);
  if (content !== null && 'fault' in content) return {problem: problemOfFile(path, content.fault)};
  return checked(path, content?.value);
}

function checked(path: string, content: unknown): StoredRead<StoredFile> {
  if (!isPartFile(content)) {
    return {
      problem: problemOfFile(path, {
        message: 'is not the result of a search',
        hint: 'walltime plan FILE --shard 1/2 --out RESULT writes one',
      }),
    };
  }
  if (content.walltime !== version) {
    return {
      problem: problemOfFile(path, {
        message: `was written by walltime ${content.walltime}, this is ${version}`,
        hint: 'run the search again with this version',
      }),
    };
  }
  return {file: content};
}

/** Null for a text that is no JSON. */
function parsed(path: string): {readonly value: unknown} | {readonly fault: Fault} | null {
  try {
    return {value: JSON.parse(readFileSync(path, 'utf8'))};
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    const code = errorCode(error);
    if (code === null) throw error;
    return code === 'ENOENT'
      ? {fault: {message: 'no such file', hint: 'check the path, and that the shard was run'}}
      : {fault: {message: `cannot be read (${code})`, hint: 'check its permissions'}};
  }
}

/** Files that we write are whole; what is not ours has not these keys. */
function isPartFile(value: unknown): value is StoredFile {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Reflect.get(value, 'kind');
  const keys = ['walltime', 'plan', 'digest', 'options', 'shard', 'complete'];
  const own = kind === 'search-part' ? 'parts' : kind === 'study-part' ? 'rows' : null;
  return own !== null && [...keys, own].every(key => Object.hasOwn(value, key));
}
