import {existsSync} from 'node:fs';
import type {Problem} from '../../plan-file/problem.js';
import {problemOfFile} from '../../plan-file/source.js';
import type {VariantPart} from '../../search/variants/parted-search.js';
import {type PartFile, readPartFile} from './part-file.js';

/** What an earlier run of the same search left in a file; nothing where there is no such file yet. */
export function readSnapshot(
  path: string,
  wanted: PartFile,
): {readonly parts: readonly VariantPart[]} | {readonly problem: Problem} {
  if (!existsSync(path)) return {parts: []};
  const read = readPartFile(path);
  if ('problem' in read) return read;
  const {file} = read;
  const fault = difference(file, wanted);
  return fault === null
    ? {parts: file.parts}
    : {problem: problemOfFile(path, {message: `holds ${fault}`, hint: 'name another file, or remove it'})};
}

/** In what two searches are not the same, or null. */
function difference(found: PartFile, wanted: PartFile): string | null {
  if (found.digest !== wanted.digest) return 'a search of another plan, or of the plan as it was before';
  const {alternatives, risk} = found.options;
  if (alternatives !== wanted.options.alternatives) return `a search with --top ${alternatives}`;
  if (risk !== wanted.options.risk) return `a search with --risk ${risk}`;
  const {index, of} = found.shard;
  if (index !== wanted.shard.index || of !== wanted.shard.of) return `shard ${index + 1}/${of}`;
  return null;
}
