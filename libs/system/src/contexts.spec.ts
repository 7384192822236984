import { describe, expect, it } from '@jest/globals';
import { actingRole, importer } from '#access/policy';
import { commandClasses, saidOf } from '#edge/commands';
import type { Shape } from '#kernel/event-schema';
import { audiences, deciders, eventDefinitions, projections } from './contexts.js';
import { commandNamed, commands, edges, errorTexts } from './edges.js';
import { failureTexts } from './failures.js';

const admittedTo = (command: string) => saidOf(commandNamed.get(command) as never)?.by ?? [];

describe('the lists of what the system is made of', () => {
  it('have every command that a decider takes, each under a name of its own, and say who may send it', () => {
    const names = commands.flatMap(({ module }) => commandClasses(module).map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    const sent = edges.flatMap((edge) => edge.commands.flatMap(({ module }) => commandClasses(module)));
    for (const { name } of sent) expect({ name, by: admittedTo(name) }).toEqual({ name, by: expect.arrayContaining([expect.any(String)]) });
    for (const { decider, module } of commands)
      expect(Object.keys(decider.decide).sort()).toEqual(
        commandClasses(module)
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

  it('show some of every event to anybody where an audience says that who sees one sees all', () => {
    for (const { fold, isWhole } of audiences)
      for (const [type, { fields }] of Object.entries(isWhole ? fold.events : {})) {
        const isTold = Object.values(fields).some((field) => field.publicity === 'public' && !field.isOfAuthority);
        expect([type, isTold || Object.keys(fields).length === 0]).toEqual([type, true]);
      }
  });

  it('have every event shown by a projection, but for those of the plumbing itself', () => {
    const shown = new Set(projections.flatMap(({ events }) => Object.keys(events)));
    const all = eventDefinitions.flatMap((definitions) => Object.keys(definitions));
    expect(all.filter((type) => !shown.has(type))).toEqual([
      'SuccessionClaimed',
      'CaseNumberClaimed',
      'ProjectionEventSkipped',
      'CheckpointKeyRotated',
      'CommandHadNoEffect',
      'AttemptForbidden',
      'CommandRefused',
    ]);
  });

  it('let no command call anything by more than 300 characters', () => {
    const named = (path: string, { form, fields = {}, items }: Shape): readonly (readonly [string, number])[] => [
      ...(/\b(names|title|heading|office|holder|\w*[nN]ame)$/.test(path) && form && 'max' in form
        ? [[path, form.max ?? Infinity] as const]
        : []),
      ...Object.entries(fields).flatMap(([name, one]) => named(`${path}.${name}`, one)),
      ...(items ? named(path, items) : []),
    ];
    const all = [...commandNamed.values()].flatMap((type) =>
      Object.entries(saidOf(type)?.fields ?? {}).flatMap(([name, field]) => named(`${type.name}.${name}`, field)),
    );
    expect(all.length).toBeGreaterThan(40);
    // What a notification is about has been named by a command before.
    expect(all.filter(([path, most]) => most > 300 && path !== 'RequestNotification.name')).toEqual([]);
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

  it('give the auditor nothing to do', () => {
    for (const name of commandNamed.keys()) expect(actingRole(admittedTo(name), { roles: ['ministry-auditor'] })).toBeUndefined();
  });

  it('keep money from the agency and presenting from deciding', () => {
    const admitted = admittedTo('SetAppropriation');
    expect(actingRole(admitted, { roles: ['agency-coordinator', 'agency-analyst', 'ministry-presenter'] })).toBeUndefined();
    expect(actingRole(admitted, { roles: ['ministry-decider'] })).toBe('ministry-decider');
  });

  it('leave what only the import records to the import', () => {
    for (const name of ['RecordSelectionFromSource', 'RecordSourceStatement', 'RecordApplicationFromSource'])
      expect(admittedTo(name)).toEqual([importer]);
  });
});
