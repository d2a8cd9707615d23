import type {Refusal} from './export-target.js';

/** A field of another program's configuration and its values; a flag that stands alone has none. */
export type Setting = readonly [name: string, ...values: SettingValue[]];
export type SettingValue = string | number | boolean;

/** A part of an export: settings, what they do not say of the plan, and what the program cannot do. */
export interface Part {
  readonly settings: readonly Setting[];
  readonly notes: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** A part that says everything. */
export function part(settings: readonly Setting[]): Part {
  return {settings, notes: [], refusals: []};
}

export function note(text: string): Part {
  return {settings: [], notes: [text], refusals: []};
}

/** What the program cannot run as planned: the field of the plan, the fact, and what to do. */
export function refuse(path: string, message: string, hint: string): Part {
  return {settings: [], notes: [], refusals: [{path, message, hint}]};
}

/** Parts in their order as one. */
export function join(parts: readonly Part[]): Part {
  return {
    settings: parts.flatMap(({settings}) => settings),
    notes: parts.flatMap(({notes}) => notes),
    refusals: parts.flatMap(({refusals}) => refusals),
  };
}

/** Settings where `condition` holds. */
export function when(condition: boolean, ...settings: readonly Setting[]): readonly Setting[] {
  return condition ? settings : [];
}

/** Refuses where `condition` holds. */
export function refuseWhen(condition: boolean, path: string, message: string, hint: string): readonly Part[] {
  return condition ? [refuse(path, message, hint)] : [];
}

/** Says it where `condition` holds. */
export function noteWhen(condition: boolean, text: string): readonly Part[] {
  return condition ? [note(text)] : [];
}
