import {readFileSync} from 'node:fs';
import {inRepository} from './repository.mjs';

/**
 * A plan file of the repository, as it stands.
 *
 * @param {string} file
 */
export function planFile(file) {
  return ['```yaml', `# ${file}`, readFileSync(inRepository(file), 'utf8').trimEnd(), '```'].join('\n');
}
