/** A pure function of a key, slow and asked for the same few again and again: so many answers are kept, and then all given up. */
export function remembered<Key, Value>(most: number, find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = find(key);
      if (known.size === most) known.clear();
      known.set(key, found);
    }
    return found;
  };
}
