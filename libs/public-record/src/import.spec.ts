import { describe, expect, it } from '@jest/globals';
import { entry } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import { regions as kernelRegions } from '#kernel/region';
import { precisionOf } from '#kernel/when';
import history from '../data/history.json' with { type: 'json' };
import regions from '../data/regions.json' with { type: 'json' };
import sources from '../data/sources.json' with { type: 'json' };
import texts from '../data/texts.json' with { type: 'json' };
import { supportForms } from '#services/service-content.events';
import { steps } from './rounds.js';

describe('the public record', () => {
  it('states a source and a time for each thing it says', () => {
    for (const { references, effectiveAt } of steps()) {
      expect(references.length).toBeGreaterThan(0);
      for (const reference of references) expect(reference in sources.pages || reference.startsWith('outside: ')).toBe(true);
      expect(precisionOf(effectiveAt)).toMatch(/instant|day|month|season/);
    }
  });

  it('names no official: offices stand for them', () => {
    const said = JSON.stringify([steps(), history, sources, texts]);
    for (const name of ['Juutinen', 'Juutilainen', 'Talkkari', 'Piirainen', 'Gullman', 'Lillman', '02955', '0295 5'])
      expect(said).not.toContain(name);
  });

  it('invents no amount: the two appropriations and the sum granted in 2020 are all that it knows', () => {
    const amounts = [...JSON.stringify(steps().map(({ content }) => content)).matchAll(/"(amount|approximateAmount)":(\d+)/g)].map(
      ([, , amount]) => Number(amount),
    );
    expect(amounts).toEqual([240_000_000, 330_000_000, 160_000_000]);
  });

  it('knows of 14 regions in the programme, five of them since the pilots, and of three that left', () => {
    const those = (type: string, effectiveAt: string) =>
      steps().flatMap((step) =>
        step.type.name === type && step.effectiveAt === effectiveAt ? (step.content as { region: string }).region : [],
      );
    expect(those('JoinProgramme', '2018-autumn').sort()).toEqual(['01', '12', '15', '17', '19']);
    expect(those('JoinProgramme', '2019-12').sort()).toEqual(['02', '04', '06', '08', '09', '10', '11', '16', '18']);
    expect(those('LeaveProgramme', '2020-10-21').sort()).toEqual(['15', '18', '19']);
    expect(steps().filter(({ type }) => /Programme$/.test(type.name))).toHaveLength(17);
  });

  it('has the regions under their codes and names of the classification', () => {
    expect(Object.fromEntries(regions.regions.map(({ code, fi, sv, en }) => [code, { fi, sv, en }]))).toEqual(kernelRegions);
  });

  it('says every text in Finnish, Swedish and English, and marks the languages of its pages as the original ones', () => {
    for (const { type, content, references } of steps()) {
      // What an organisation is called in English is known only where it says so.
      if (type.name === 'RegisterOrganisation') continue;
      for (const { fi, sv, en, original = [] } of textsIn(content)) {
        expect([fi, sv, en].every((text) => text !== undefined && text !== '')).toBe(true);
        const ofPages = references.flatMap((id) => entry(sources.pages as Record<string, { language: string }>, id)?.language ?? []);
        expect(ofPages).toEqual(expect.arrayContaining([...original]));
      }
    }
    expect(
      steps()
        .flatMap(({ content }) => textsIn(content))
        .filter(({ original }) => original).length,
    ).toBeGreaterThan(60);
  });

  it('has the words of a page as the page has them, where it marks them as the original and names no organisation in them', () => {
    const squeezed = (text: string) =>
      text
        .toLowerCase()
        .replace(/[\s,]+/g, ' ')
        .replace(/\.$/, '')
        .trim();
    const pages = Object.entries(sources.pages).map(([id, { text }]) => [id, squeezed(text.join(' '))] as const);
    const marked = steps().flatMap(({ content, references }) =>
      textsIn(content).flatMap(({ original = [], ...text }) =>
        original.map((language) => ({
          references,
          text: squeezed(text[language] as string),
          isReferring: /\{organisation:/.test(text[language] as string),
        })),
      ),
    );
    const missing = marked.filter(
      ({ references, text, isReferring }) => !isReferring && !pages.some(([id, page]) => references.includes(id) && page.includes(text)),
    );
    expect(missing.map(({ text }) => text)).toEqual([]);
  });

  it('knows the forms of support of which a service can be, by the page of the agency', () => {
    const { source: _, note: __, ...forms } = history.supportForms;
    expect(forms).toEqual(supportForms);
    const sections = texts.model.at(-1)?.sections ?? [];
    for (const [form, kinds] of Object.entries(supportForms))
      expect(sections.find(({ key }) => key === form)?.items?.map(({ key }) => key)).toEqual(kinds);
  });

  it('makes each command once', () => {
    const said = steps().map(({ type, content, effectiveAt }) => JSON.stringify([type.name, content, effectiveAt]));
    expect(new Set(said).size).toBe(said.length);
  });
});

function textsIn(value: unknown): readonly LocalizedText[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('fi' in value || 'sv' in value || 'en' in value) return [value as LocalizedText];
  return Object.values(value).flatMap(textsIn);
}
