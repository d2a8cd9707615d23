import {readFileSync} from 'node:fs';

/**
 * What the config.json of a public model says about its shape, and the parameter counts that were
 * published for it. Fields without influence on the shape are left out.
 */
export interface PublishedConfig {
  /** Repository of the file on the Hugging Face hub. */
  readonly repository: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** As printed: `46.7 B`, or the exact number of elements in the weights. */
  readonly total: string;
  /** As printed; most sources round down, and some leave the input embedding out. Absent: not published. */
  readonly active?: string;
  readonly source: string;
}

const lines = readFileSync(new URL('../published/configs.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

export const publishedConfigs: readonly PublishedConfig[] = lines.map(line => JSON.parse(line));
