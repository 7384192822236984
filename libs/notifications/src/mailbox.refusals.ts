import { refusals } from '#kernel/refused';

export const { texts: mailboxRefusals, refuse } = refusals({
  'mailbox-of-one': {
    fi: 'Postilaatikko on joko maakunnan tai organisaation. Anna jompikumpi, älä molempia.',
    sv: 'En brevlåda tillhör antingen ett landskap eller en organisation. Ange det ena, inte båda.',
    en: 'A mailbox is a region’s or an organisation’s. Give one of them, and not both.',
  },
});
