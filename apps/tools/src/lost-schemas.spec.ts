import { describe, expect, it } from '@jest/globals';
import { lostSchemas } from './lost-schemas.js';

const path = 'docs/schemas/PlanDrafted.v1.json';
const schema = {
  description: 'A plan was drafted',
  'x-description': { fi: 'Suunnitelma laadittiin', sv: 'En plan utarbetades' },
  properties: { description: { type: 'string', description: 'What is planned', 'x-publicity': 'public' } },
};
const lostAmong = (now: object) => [
  ...lostSchemas(
    new Map([[path, JSON.stringify(schema)]]),
    new Map(Object.entries(now).map(([name, value]) => [name, JSON.stringify(value)])),
  ).keys(),
];
const withField = (description: object) => ({
  ...schema,
  properties: { description: { ...schema.properties.description, ...description } },
});

describe('the schemas that are stored for ever', () => {
  it('may get more beside them, and better words', () => {
    expect(lostAmong({ [path]: schema, 'docs/schemas/PlanDrafted.v2.json': {} })).toEqual([]);
    expect(
      lostAmong({ [path]: { ...withField({ description: 'What is to be done' }), description: 'Drafted', 'x-description': {} } }),
    ).toEqual([]);
  });

  it('may not go, nor change in what they accept or who may see it', () => {
    expect(lostAmong({})).toEqual([path]);
    expect(lostAmong({ [path]: withField({ type: 'integer' }) })).toEqual([path]);
    expect(lostAmong({ [path]: withField({ 'x-publicity': 'internal' }) })).toEqual([path]);
    expect(lostAmong({ [path]: { ...schema, properties: {} } })).toEqual([path]);
  });
});
