/** What a value of plain objects, arrays, maps and sets takes of memory, in bytes: an estimate, as V8 lays them out. What stands in it twice counts twice. */
export function memoryOf(value: unknown): number {
  let bytes = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'string') bytes += 16 + one.length;
    else if (typeof one !== 'object' || one === null) bytes += 8;
    else if (Array.isArray(one)) {
      bytes += 32;
      for (const item of one) left.push(item);
    } else if (one instanceof Map) {
      bytes += 200 + 32 * one.size;
      for (const [key, item] of one) left.push(key, item);
    } else if (one instanceof Set) {
      bytes += 200 + 24 * one.size;
      for (const item of one) left.push(item);
    } else {
      bytes += 24;
      // Names are shared by objects of one shape.
      for (const item of Object.values(one)) {
        bytes += 8;
        left.push(item);
      }
    }
  }
  return bytes;
}
