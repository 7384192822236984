import type { Language } from '#kernel/localized-text';
import type { SupportForm, SupportKind } from './service-content.events.js';

type Names<Code extends string> = Readonly<Record<Code, Readonly<Record<Language, string>>>>;

export const supportFormNames: Names<SupportForm> = {
  remote: { fi: 'Etätuki', sv: 'Fjärrstöd', en: 'Remote support' },
  near: { fi: 'Lähituki', sv: 'Närstöd', en: 'Support near by' },
  training: { fi: 'Koulutus', sv: 'Utbildning', en: 'Training' },
};

export const supportKindNames: Names<SupportKind> = {
  chat: { fi: 'Chat-tuki', sv: 'Chattstöd', en: 'Support by chat' },
  phone: { fi: 'Puhelintuki', sv: 'Telefonstöd', en: 'Support by phone' },
  video: { fi: 'Videotuki', sv: 'Videostöd', en: 'Support by video' },
  'unstaffed-service-point': {
    fi: 'Palvelupiste ilman henkilökuntaa',
    sv: 'Servicepunkt utan personal',
    en: 'Service point without staff',
  },
  'service-point': { fi: 'Palvelupiste', sv: 'Servicepunkt', en: 'Service point' },
  'peer-support': { fi: 'Vertaistuki', sv: 'Kamratstöd', en: 'Peer support' },
  'home-support': { fi: 'Tuki kotona', sv: 'Stöd i hemmet', en: 'Support at home' },
  'online-training': { fi: 'Verkkokoulutus', sv: 'Nätutbildning', en: 'Training online' },
  'adult-education-centre': { fi: 'Kansalaisopisto', sv: 'Medborgarinstitut', en: 'Adult-education centre' },
  course: { fi: 'Kurssi', sv: 'Kurs', en: 'Course' },
};
