import { describe, expect, it } from '@jest/globals';
import { field, listOf, optional } from '#kernel/event-schema';
import { choice, ClockTime, KeyText, Localized, MunicipalityText, Text } from '#kernel/schemas';
import { commandClasses, commandOf } from './commands.js';
import { validated } from './validation.js';

const what = { fi: 'Mitä', sv: 'Vad', en: 'What' };

class Describe extends commandOf(
  'Describes something.',
  { by: ['provider'] },
  {
    text: field(Text, what),
    name: field(Localized, what),
    municipality: field(MunicipalityText, what),
    opens: field(ClockTime, what),
    municipalities: optional(listOf(MunicipalityText), what),
    readers: optional(listOf(choice('ReaderOfSpec', ['providers', 'regions'], 'Who reads.')), what),
    keys: optional(listOf(KeyText), what),
  },
) {}
commandClasses({ Describe });

const right = { text: 'a', name: { fi: 'b' }, municipality: '091', opens: '09:00' };
const problemsOf = async (content: object) =>
  validated(Describe, { ...right, ...content }).then(
    () => [],
    (error: { details: { problems: readonly string[] } }) => error.details.problems,
  );

describe('a text', () => {
  it.each([
    ['HTML', '<script>alert(1)</script>'],
    ['an emoji, and one of several characters', 'Digituki 👋 👩‍💻'],
    ['lines and tabs', 'a\r\n\tb'],
    ['accents, composed or not', 'Ävää a\u0308'],
    ['marks of direction', 'שלום\u200f Digituki'],
  ])('is taken with %s', async (_, text) => {
    expect(await problemsOf({ text, name: { fi: text } })).toEqual([]);
  });

  it.each([
    ['a control character', 'a\u0000b'],
    ['an escape', '\u001b[31m'],
    ['an override of direction', 'a\u202egpj.exe'],
    ['an isolate of direction', 'a\u2066b'],
    ['what is no character', 'a\uffff'],
    ['half a character', 'a\ud800'],
  ])('is refused with %s, and the field is named', async (_, text) => {
    expect(await problemsOf({ text })).toEqual(['text: text-characters']);
    expect(await problemsOf({ name: { sv: text } })).toEqual(['name.sv: text-characters']);
  });

  it('is refused where it is too long, or has nothing to read', async () => {
    for (const text of ['x'.repeat(1_000_000), ' '])
      expect(await problemsOf({ text, name: { en: text } })).toEqual(['text: text-length 20000', 'name.en: text-length 20000']);
  });
});

describe('a list of what is chosen or named', () => {
  it('has each once', async () => {
    expect(await problemsOf({ municipalities: ['091', '049'], readers: ['providers'], keys: ['a', 'b'] })).toEqual([]);
    expect(await problemsOf({ municipalities: ['091', '091'], readers: ['providers', 'providers'], keys: ['a', 'b', 'a'] })).toEqual([
      'municipalities: listed-twice',
      'readers: listed-twice',
      'keys: listed-twice',
    ]);
  });
});

describe('a municipality', () => {
  it('is given by three digits', async () => {
    for (const municipality of ['91', 'Helsinki', '0911', ''])
      expect(await problemsOf({ municipality })).toEqual(['municipality: not-a-municipality']);
  });
});

describe('a time of day', () => {
  it('is one that a clock shows, or the end of the day', async () => {
    for (const opens of ['00:00', '23:59', '24:00']) expect(await problemsOf({ opens })).toEqual([]);
    for (const opens of ['9:00', '24:01', '25:00', '12:60', '12.00', '09:00:00'])
      expect(await problemsOf({ opens })).toEqual(['opens: not-a-clock-time']);
  });
});
