import { describe, expect, it } from '@jest/globals';
import { namedServer } from './named-server.js';

describe('the server of a bench', () => {
  const environment = { EVENTSTORE_URL: 'esdb://a', MONGODB_URL: 'mongodb://b' };

  it('is that of the environment where the bench alone is asked for by its name, and none otherwise', () => {
    expect(namedServer('eventstoredb', 'EVENTSTORE_URL', ['eventstoredb'], environment)).toBe('esdb://a');
    expect(namedServer('directory', 'MONGODB_URL', ['directory'], environment)).toBe('mongodb://b');
    for (const words of [[], ['event'], ['eventstoredb', 'append'], ['command']])
      expect(namedServer('eventstoredb', 'EVENTSTORE_URL', words, environment)).toBeUndefined();
    expect(namedServer('eventstoredb', 'EVENTSTORE_URL', ['eventstoredb'], {})).toBeUndefined();
  });
});
