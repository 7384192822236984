/**
 * What is made of an object: made once, and kept as long as the object is. Further arguments are those of whoever asks first;
 * they must come to the same for everyone who has the object, such as those of one request.
 */
export function once<Key extends object, Rest extends readonly unknown[], Made>(
  make: (key: Key, ...rest: Rest) => Made,
): (key: Key, ...rest: Rest) => Made {
  const known = new WeakMap<Key, { readonly made: Made }>();
  return (key, ...rest) => {
    let found = known.get(key);
    if (!found) known.set(key, (found = { made: make(key, ...rest) }));
    return found.made;
  };
}
