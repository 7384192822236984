/** Texts by their path from the root of the repository. */
export type Files = ReadonlyMap<string, string>;

/**
 * What is stored in a version of an event must be readable for ever: the earlier schemas that are gone or say otherwise
 * now, with what to do. Descriptions may be worded better, and the authority may keep a field to itself, at any time.
 */
export function lostSchemas(earlier: Files, now: Files): Files {
  const faults = new Map<string, string>();
  for (const [path, text] of earlier) {
    const found = now.get(path);
    if (found === undefined)
      faults.set(path, `${path}: this event or version is gone, but what is stored of it must be readable for ever. Put it back.`);
    else if (withoutWording(found) !== withoutWording(text))
      faults.set(
        path,
        `${path}: this version would change, but what is stored of it must be readable for ever. Put it back as it was, and add a next version.`,
      );
  }
  return faults;
}

/** A field may be called `description` too: then it is no text there, but a schema. */
function withoutWording(schema: string): string {
  return JSON.stringify(JSON.parse(schema), (key, value: unknown) =>
    key === 'x-description' || key === 'x-of-authority' || (key === 'description' && typeof value === 'string') ? undefined : value,
  );
}
