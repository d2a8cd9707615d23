/** A mistake in a configuration: where, what is wrong, and what to do. */
export interface ImportProblem {
  /** Dotted, such as `text_config.hidden_size`. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * The fields of a configuration, read one by one. What is missing or malformed is collected, and a
 * stand-in is returned, so that all problems of a file come out at once.
 */
export interface ConfigFields {
  /** A whole number above 0. */
  readonly count: (key: string) => number;
  /** A whole number, 0 or more; `fallback` where the field is absent or null. */
  readonly countOr: (key: string, fallback: number) => number;
  /** A whole number above 0; null where the field is absent or null. */
  readonly maybeCount: (key: string) => number | null;
  /** A whole number, 0 or more, or a list that repeats one for each layer. */
  readonly countOfEachLayer: (key: string) => number;
  /** A number of 0 or more; 0 where the field is absent or null. */
  readonly fraction: (key: string) => number;
  readonly flagOr: (key: string, fallback: boolean) => boolean;
  /** Null where the field is absent or null. */
  readonly maybeText: (key: string) => string | null;
  /** A list, empty where the field is absent or null. */
  readonly list: (key: string) => readonly unknown[];
  readonly has: (key: string) => boolean;
  /** The fields of a nested section. */
  readonly section: (key: string) => ConfigFields;
  /** The same fields with `values` where the file leaves them out, as the class of the architecture does. */
  readonly withDefaults: (values: Values) => ConfigFields;
  /** The same fields under other keys: `{num_hidden_layers: 'n_layer'}` reads the first from the second. */
  readonly renamed: (names: Readonly<Record<string, string>>) => ConfigFields;
  readonly report: (key: string, message: string, hint: string) => void;
}

type Values = Readonly<Record<string, unknown>>;

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads `values`; problems go into `problems`, with `prefix` before their path.
 *
 * @param names keys of the file by the keys that readers ask for, where they differ
 */
export function configFields(
  values: Values,
  problems: ImportProblem[],
  prefix = '',
  names: Readonly<Record<string, string>> = {},
): ConfigFields {
  const own = (key: string) => names[key] ?? key;
  const report = (key: string, message: string, hint: string) => {
    problems.push({path: prefix + own(key), message, hint});
  };
  const read = (key: string) => (Object.hasOwn(values, own(key)) ? (values[own(key)] ?? null) : null);
  const wholeNumber = (key: string, value: unknown, least: number) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    report(
      key,
      `${show(value)} is not a whole number${least > 0 ? ' above 0' : ''}`,
      `give ${least} or more`,
    );
    return standIn;
  };
  const maybeCount = (key: string) => {
    const value = read(key);
    return value === null ? null : wholeNumber(key, value, 1);
  };
  return {
    count: key => {
      const found = maybeCount(key);
      if (found === null) report(key, 'is missing', 'take the whole config.json of the model');
      return found ?? standIn;
    },
    countOr: (key, fallback) => {
      const value = read(key);
      return value === null ? fallback : wholeNumber(key, value, 0);
    },
    maybeCount,
    countOfEachLayer: key => {
      const value = read(key);
      if (!Array.isArray(value)) return wholeNumber(key, value, 0);
      const [first] = value;
      if (value.every(item => item === first)) return wholeNumber(key, first, 0);
      report(key, 'differs from layer to layer', 'describe the nearest model of equal layers in a file');
      return standIn;
    },
    fraction: key => {
      const value = read(key) ?? 0;
      if (typeof value === 'number' && value >= 0) return value;
      report(key, `${show(value)} is not a number of 0 or more`, 'give a number');
      return 0;
    },
    flagOr: (key, fallback) => {
      const value = read(key) ?? fallback;
      if (typeof value === 'boolean') return value;
      report(key, `${show(value)} is neither true nor false`, 'write true or false');
      return fallback;
    },
    maybeText: key => {
      const value = read(key);
      if (value === null || typeof value === 'string') return value;
      report(key, `${show(value)} is not a text`, 'write a word');
      return null;
    },
    list: key => {
      const value = read(key) ?? [];
      if (Array.isArray(value)) return value;
      report(key, `${show(value)} is not a list`, 'write a list');
      return [];
    },
    has: key => read(key) !== null,
    section: key => {
      const value = read(key);
      if (isValues(value)) return configFields(value, problems, `${prefix}${own(key)}.`);
      report(key, value === null ? 'is missing' : 'is not a map', 'take the whole config.json of the model');
      return configFields({}, [], `${prefix}${own(key)}.`);
    },
    withDefaults: defaults => {
      const missing = Object.entries(defaults).filter(([key]) => read(key) === null);
      const added = Object.fromEntries(missing.map(([key, value]) => [own(key), value]));
      return configFields({...values, ...added}, problems, prefix, names);
    },
    renamed: more => configFields(values, problems, prefix, {...names, ...more}),
    report,
  };
}

/** Used in place of a value that could not be read; the import fails anyway. */
const standIn = 1;

const shownLength = 40;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}...` : text;
}
