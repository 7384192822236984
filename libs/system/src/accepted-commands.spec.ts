import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import fc from 'fast-check';
import { isAccepted } from '#edge/accepted';
import { commandNamed } from './edges.js';

const leaves = [
  'a',
  'a-b',
  '',
  '091',
  'R19',
  '09:00',
  '2019-10-15',
  '2026-09-01T09:00:00.000Z',
  'x'.repeat(70),
  '\u202e',
  '5000',
  0,
  1,
  7_000,
  -1,
  2.5,
  true,
  null,
];
const names = ['fi', 'sv', 'en', 'key', 'text', 'from', 'until', 'id', 'nobody'];
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...leaves),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const wordsOf = (type: new () => object) => [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(type, '', false, false)
      .map(({ propertyName }) => propertyName),
  ),
];
const instanceOf = (type: new () => object, content: object) => plainToInstance(type, content, { exposeUnsetFields: false });
const errorsOf = (instance: object) => validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
const samples = fc.sample(value, { numRuns: 150, seed: 1 });

/** Mostly what fits the property, so that some whole commands fit. */
const valuesOf = (type: new () => object, name: string) => {
  const fitting = samples.filter((one) => errorsOf(instanceOf(type, { [name]: one })).every(({ property }) => property !== name));
  return fitting.length === 0 ? value : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: value });
};

describe('the checks of a command, read once a class', () => {
  it('accept what class-validator finds nothing wrong with, and nothing else, whatever is sent', () => {
    let accepted = 0;
    for (const type of commandNamed.values() as Iterable<new () => object>) {
      const content = fc.record(Object.fromEntries(wordsOf(type).map((name) => [name, valuesOf(type, name)])), { noNullPrototype: true });
      fc.assert(
        fc.property(content, fc.constantFrom({}, {}, {}, { nobody: 1 }), (some, more) => {
          const instance = instanceOf(type, { ...some, ...more });
          const isRight = errorsOf(instance).length === 0;
          expect(isAccepted(instance)).toBe(isRight);
          if (isRight) accepted += 1;
        }),
        { numRuns: 30 },
      );
    }
    expect(accepted).toBeGreaterThan(commandNamed.size);
  });
});
