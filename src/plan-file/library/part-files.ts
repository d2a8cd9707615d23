import {existsSync} from 'node:fs';
import {type PartKind, type PartLibrary, partLibrary} from '../hardware/parts.js';
import {type FileText, readText} from '../read-text.js';
import {displayPath, inProfiles, listParts, partFile} from './presets.js';

let shipped: PartLibrary | null = null;

/** Hardware parts that come with the package; each is read once. */
export function shippedParts(): PartLibrary {
  shipped ??= partLibrary({
    text: (kind, name) => (existsSync(inProfiles(partFile(kind, name))) ? textOfPart(kind, name) : null),
    curves: () => textOfPart('curve', ''),
    names: listParts,
  });
  return shipped;
}

function textOfPart(kind: PartKind, name: string): FileText {
  const path = inProfiles(partFile(kind, name));
  const read = readText(path);
  if ('text' in read) return {path: displayPath(path), text: read.text};
  throw new Error(`${path} ${read.message}`);
}

/** The same library; the file of each part that is read goes into `files`. */
export function notingFiles(library: PartLibrary, files: Set<string>): PartLibrary {
  return {
    read(kind, name) {
      files.add(partFile(kind, name));
      return library.read(kind, name);
    },
    names: library.names,
  };
}
