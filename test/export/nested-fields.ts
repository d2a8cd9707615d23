/** Fields by their path in a configuration, `section.field`. */
export type Fields = ReadonlyMap<string, unknown>;

/** Fields of nested records. */
export function flattened(record: object, prefix = ''): Fields {
  return new Map(
    Object.entries(record).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [...flattened(value, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, value] as [string, unknown]],
    ),
  );
}

/** The few kinds of TOML that a job file has: sections, and values that JSON has too. */
export function tomlFields(text: string): Fields {
  const fields = new Map<string, unknown>();
  let section = '';
  for (const line of text.split('\n')) {
    const [, name] = /^\[(\w+)\]$/.exec(line) ?? [];
    const [, field, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (name !== undefined) section = name;
    if (field !== undefined) fields.set(`${section}.${field}`, JSON.parse(value ?? ''));
  }
  return fields;
}

/** Keyword arguments of the `replace` of each section in an exported Python function. */
export function pythonFields(text: string): Fields {
  const fields = new Map<string, unknown>();
  let section = '';
  for (const line of text.split('\n')) {
    const [, name] = /^ {8}(\w+)=replace\($/.exec(line) ?? [];
    const [, field, value] = /^ {12}(\w+)=(.*),$/.exec(line) ?? [];
    if (name !== undefined) section = name;
    if (field !== undefined) {
      fields.set(
        `${section}.${field}`,
        JSON.parse((value ?? '').replace('True', 'true').replace('False', 'false')),
      );
    }
  }
  fields.set('activation_checkpoint', /activation_checkpoint=(\w+)/.exec(text)?.[1]);
  return fields;
}
