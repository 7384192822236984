import { describe, expect, it } from '@jest/globals';
import { languages } from '#kernel/localized-text';
import { notificationKinds } from './notification.events.js';
import { messageText } from './notification.texts.js';

const told = {
  about: 'application-c--council-18',
  name: { fi: 'Kuvitteellinen haku', sv: 'En påhittad utlysning' },
  region: '18' as const,
};

describe('the text of a message', () => {
  it.each(notificationKinds)('of the kind %s says what, where and by when, in every language, and leaves no gap', (kind) => {
    for (const language of languages) {
      const { subject, text } = messageText({ ...told, kind, deadline: '2026-10-29T14:15:00.000Z' }, [language]);
      for (const part of [
        '29.10.2026',
        '16.15',
        language === 'sv' ? 'En påhittad utlysning' : 'Kuvitteellinen haku',
        language === 'sv' ? 'Kajanaland' : 'Kainuu',
      ])
        expect(text).toContain(part);
      expect(subject + text).not.toMatch(/[{}]/);
    }
  });

  it('of what is for an organisation names no region, and leaves no gap', () => {
    for (const language of languages) {
      const { text } = messageText({ about: told.about, name: told.name, kind: 'supplement-due', deadline: '2026-10-29' }, [language]);
      expect(text).not.toMatch(/[{}()]/);
    }
  });

  it('names the id of what it is about, and links to it where the register has an address', () => {
    const ids = {
      fi: 'Tunnus rekisterissä: c--council-18',
      sv: 'Id i registret: c--council-18',
      en: 'Its id in the register: c--council-18',
    };
    for (const language of languages)
      expect(messageText({ ...told, kind: 'supplement-due', deadline: '2026-10-29' }, [language]).text).toContain(ids[language]);
    expect(messageText({ ...told, kind: 'supplement-due' }, ['fi']).text).not.toContain('http');
    const links = {
      'call-c': 'call(id: "c")',
      'plan-c--18': 'plan(call: "c", region: R18)',
      'plan-c--council-18': 'plan(call: "c", region: R18, applicant: "council-18")',
      'application-c--18': 'application(id: "c--18")',
      'grant-c--18': 'grant(id: "c--18")',
    };
    for (const [about, asked] of Object.entries(links)) {
      const { text } = messageText({ ...told, about, kind: 'plan-commented' }, ['sv'], 'https://register.example');
      const [, query = ''] = /https:\/\/register\.example\/graphql\?query=(\S+)/.exec(text) ?? [];
      expect(decodeURIComponent(query)).toContain(asked);
    }
  });

  it('gives a day without a clock time', () => {
    const { subject } = messageText({ ...told, kind: 'call-comment-window-ends', deadline: '2026-10-04' }, ['fi']);
    expect(subject).toBe('Muistutus: hankesuunnitelmaluonnosten kommentointi päättyy 4.10.2026');
  });

  it('stands in each of the mailbox’s languages, in their order', () => {
    const { subject, text } = messageText({ ...told, kind: 'call-applications-end', deadline: '2026-10-04' }, ['sv', 'fi']);
    expect(subject).toBe('Påminnelse: ansökningstiden går ut 4.10.2026 / Muistutus: hakuaika päättyy 4.10.2026');
    expect(text.indexOf('Ansökningstiden')).toBeLessThan(text.indexOf('Valtionavustushaun'));
  });
});
