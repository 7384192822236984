/** The value that stands under the key itself; undefined where there is none. `record[key]` also finds what every object inherits, as `constructor`. */
export function entry<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  // eslint-disable-next-line house/own-entries -- The one place that looks first.
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
