import { describe, expect, it } from '@jest/globals';
import { commandPolicy } from '#access/policy';
import { commandClasses } from '#edge/command-mutations';
import { audiences, deciderOf, deciders, errorTexts, eventDefinitions, failureTexts, projections } from './contexts.js';

describe('the lists of what the system is made of', () => {
  it('have a decider for every command of the policy, and every command that a decider takes', () => {
    expect([...deciderOf.keys()].map(({ name }) => name).sort()).toEqual(Object.keys(commandPolicy).sort());
    for (const { decider, commands } of deciders)
      expect(Object.keys(decider.decide).sort()).toEqual(
        commandClasses(commands)
          .map(({ name }) => name)
          .sort(),
      );
  });

  it('have one category a decider, without a hyphen, so that a stream’s category ends at the first one', () => {
    const categories = deciders.map(({ decider }) => decider.category);
    expect(new Set(categories).size).toBe(categories.length);
    for (const category of categories) expect(category).toMatch(/^[a-z][A-Za-z]*$/);
  });

  it('say of every category who may see its events, and of no category twice', () => {
    const judged = audiences.map(({ fold }) => fold.category).sort();
    expect(judged).toEqual([...deciders.map(({ decider }) => decider.category), 'command'].sort());
    for (const { fold } of audiences) {
      const events = deciders.find(({ decider }) => decider.category === fold.category)?.decider.events;
      if (events) expect(Object.keys(fold.evolve).sort()).toEqual(Object.keys(events).sort());
    }
  });

  it('have every event shown by a projection, but for those of the plumbing itself', () => {
    const shown = new Set(projections.flatMap(({ events }) => Object.keys(events)));
    const all = eventDefinitions.flatMap((definitions) => Object.keys(definitions));
    expect(all.filter((type) => !shown.has(type))).toEqual(['ProjectionEventSkipped', 'CommandHadNoEffect', 'CommandRefused']);
  });

  it('describe every event and field in three languages', () => {
    for (const definition of eventDefinitions.flatMap((definitions) => Object.values(definitions))) {
      const descriptions = [
        definition.description,
        ...definition.versions.flatMap(({ fields }) => Object.values(fields).map(({ description }) => description)),
      ];
      for (const { fi, sv, en } of descriptions) expect([fi, sv, en].every((text) => text.length > 1)).toBe(true);
    }
  });

  it('give every code one text, in three languages that name the same details', () => {
    const tables = [...deciders.map(({ refusals }) => refusals), ...failureTexts];
    const codes = tables.flatMap((texts) => Object.keys(texts));
    expect(new Set(codes).size).toBe(codes.length);
    const details = (text: string) => [...text.matchAll(/\{[\w:]+\}/g)].map(([name]) => name).sort();
    for (const text of Object.values(errorTexts)) {
      expect(details(text.sv)).toEqual(details(text.fi));
      expect(details(text.en)).toEqual(details(text.fi));
    }
  });
});
