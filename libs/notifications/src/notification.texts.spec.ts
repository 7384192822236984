import { describe, expect, it } from '@jest/globals';
import { languages } from '#kernel/localized-text';
import { notificationKinds } from './notification.events.js';
import { messageText } from './notification.texts.js';

const told = { name: { fi: 'Kuvitteellinen haku', sv: 'En påhittad utlysning' }, region: '18' as const };

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
      const { text } = messageText({ name: told.name, kind: 'supplement-due', deadline: '2026-10-29' }, [language]);
      expect(text).not.toMatch(/[{}()]/);
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
