/** What a request turned out to ask and was told: for those who watch, without its content. */
export interface Asked {
  operation?: 'query' | 'mutation' | 'subscription';
  operationName?: string | undefined;
  readonly commandIds: string[];
  /** Of the errors it was told. */
  readonly codes: string[];
}

const known = new WeakMap<object, Asked>();

/** What is known of the request so far. */
export function askedIn(request: object): Asked {
  let asked = known.get(request);
  if (!asked) known.set(request, (asked = { commandIds: [], codes: [] }));
  return asked;
}
