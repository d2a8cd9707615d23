/** A field of another program's configuration and its values; a flag that stands alone has none. */
export type Setting = readonly [name: string, ...values: SettingValue[]];
export type SettingValue = string | number | boolean;

/** A part of an export: settings, and what they do not express of the plan. */
export interface ConfigFragment {
  readonly settings: readonly Setting[];
  readonly notes: readonly string[];
}

/** A part that expresses everything. */
export function fragment(settings: readonly Setting[]): ConfigFragment {
  return {settings, notes: []};
}

export function note(text: string): ConfigFragment {
  return {settings: [], notes: [text]};
}

/** Parts in their order as one. */
export function concatFragments(fragments: readonly ConfigFragment[]): ConfigFragment {
  return {
    settings: fragments.flatMap(({settings}) => settings),
    notes: fragments.flatMap(({notes}) => notes),
  };
}

/** Settings where `condition` holds. */
export function when(condition: boolean, ...settings: readonly Setting[]): readonly Setting[] {
  return condition ? settings : [];
}

/** A note where `condition` holds. */
export function noteWhen(condition: boolean, text: string): readonly ConfigFragment[] {
  return condition ? [note(text)] : [];
}
