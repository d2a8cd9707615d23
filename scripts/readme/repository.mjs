import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/**
 * A path of this repository, whatever the working directory is.
 *
 * @param {string[]} parts
 */
export function inRepository(...parts) {
  return path.join(root, ...parts);
}
