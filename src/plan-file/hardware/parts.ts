import {withFullSources} from '../figures.js';
import type {Problem} from '../problem.js';
import type {FileText} from '../read-text.js';
import {check} from '../schema/check.js';
import {partSchemas} from '../schema/hardware-schema.js';
import {locateFinding, parseSource} from '../source.js';

/** Kinds of hardware part that a profile names: `curve` is an entry of curves.yaml, the others are files. */
export type PartKind = 'accelerator' | 'board' | 'fabric' | 'curve';

/** PartFacts as YAML states them. */
export type PartFacts = Readonly<Record<string, unknown>>;

export type PartRead = {readonly facts: PartFacts} | {readonly problems: readonly Problem[]};

/** The hardware parts that profiles may name. */
export interface PartLibrary {
  /** Null: no part of that name. */
  read(kind: PartKind, name: string): Promise<PartRead | null>;
  names(kind: PartKind): Promise<readonly string[]>;
}

/** Texts of the files of parts. */
export interface PartTexts {
  /** Null: no file of that name. */
  text(kind: Exclude<PartKind, 'curve'>, name: string): FileText | null;
  curves(): FileText;
  names(kind: Exclude<PartKind, 'curve'>): readonly string[];
}

/** A library that reads each part once. */
export function partLibrary(texts: PartTexts): PartLibrary {
  const known = new Map<string, Promise<PartRead | null>>();
  let curves: Promise<PartRead> | null = null;
  const readCurves = () => {
    curves ??= readPart('curves', texts.curves());
    return curves;
  };
  const curveNamed = async (name: string): Promise<PartRead | null> => {
    const read = await readCurves();
    if ('problems' in read) return read;
    const curve = (read.facts.curves as Readonly<Record<string, PartFacts>>)[name];
    return curve === undefined ? null : {facts: curve};
  };
  const fileNamed = async (kind: Exclude<PartKind, 'curve'>, name: string) => {
    const text = texts.text(kind, name);
    return text === null ? null : readPart(kind, text);
  };
  return {
    read(kind, name) {
      const key = `${kind} ${name}`;
      const read = known.get(key) ?? (kind === 'curve' ? curveNamed(name) : fileNamed(kind, name));
      known.set(key, read);
      return read;
    },
    async names(kind) {
      if (kind !== 'curve') return texts.names(kind);
      const read = await readCurves();
      return 'problems' in read ? [] : Object.keys(read.facts.curves as object);
    },
  };
}

/** PartFacts of a file of parts, each source in full. */
async function readPart(kind: keyof typeof partSchemas, {path, text}: FileText): Promise<PartRead> {
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const checked = await check(partSchemas[kind], read.value);
  if ('findings' in checked) {
    return {problems: checked.findings.map(finding => locateFinding(read.source, finding))};
  }
  return {facts: withFullSources(read.value as PartFacts)};
}
