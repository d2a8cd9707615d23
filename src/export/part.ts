/** A field of another program's configuration and its values; a flag that stands alone has none. */
export type Setting = readonly [name: string, ...values: SettingValue[]];
export type SettingValue = string | number | boolean;

/** A part of an export: settings, and what they do not express of the plan. */
export interface Part {
  readonly settings: readonly Setting[];
  readonly notes: readonly string[];
}

/** A part that expresses everything. */
export function part(settings: readonly Setting[]): Part {
  return {settings, notes: []};
}

export function note(text: string): Part {
  return {settings: [], notes: [text]};
}

/** Parts in their order as one. */
export function join(parts: readonly Part[]): Part {
  return {
    settings: parts.flatMap(({settings}) => settings),
    notes: parts.flatMap(({notes}) => notes),
  };
}

/** Settings where `condition` holds. */
export function when(condition: boolean, ...settings: readonly Setting[]): readonly Setting[] {
  return condition ? settings : [];
}

/** A note where `condition` holds. */
export function noteWhen(condition: boolean, text: string): readonly Part[] {
  return condition ? [note(text)] : [];
}
