/** The value that stands under the key itself; undefined where there is none. `record[key]` also finds what every object inherits, as `constructor`. */
export function entry<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  // eslint-disable-next-line house/own-entries -- The one place that looks first.
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The entries of those names. */
export function pick<Entries extends object, const Name extends keyof Entries & string>(
  entries: Entries,
  ...names: readonly Name[]
): Pick<Entries, Name> {
  return Object.fromEntries(names.map((name) => [name, entries[name]])) as Pick<Entries, Name>;
}

/** The entries but for those of these names. */
export function omit<Entries extends object, const Name extends keyof Entries & string>(
  entries: Entries,
  ...names: readonly Name[]
): Omit<Entries, Name> {
  const left = new Set<string>(names);
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !left.has(name))) as Omit<Entries, Name>;
}
