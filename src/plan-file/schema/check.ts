import type * as z from 'zod';
import type {Finding} from '../source.js';
import {describeIssues} from './describe-issue.js';

export type Checked<T> = {readonly value: T} | {readonly findings: readonly Finding[]};

/** Checks a plain value against a schema; every mistake is found, none is thrown. */
export async function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Promise<Checked<z.output<Schema>>> {
  const result = await schema.safeParseAsync(value, {reportInput: true});
  return result.success ? {value: result.data} : {findings: describeIssues(result.error.issues)};
}
