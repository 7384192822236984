import { refusals } from '#kernel/refused';

const stages = {
  waiting: { fi: 'odottaa', sv: 'väntar', en: 'waiting' },
  sending: { fi: 'lähetetään', sv: 'sänds', en: 'being sent' },
  sent: { fi: 'lähetetty', sv: 'sänt', en: 'sent' },
};

export const { texts: notificationRefusals, refuse } = refusals({
  'notification-unknown': {
    fi: 'Ilmoitusta ei ole. Tarkista tunnus.',
    sv: 'Meddelandet finns inte. Kontrollera id:t.',
    en: 'There is no such notification. Check its id.',
  },
  'notification-not-stuck': {
    fi: 'Ilmoitusta ei tarvitse lähettää uudelleen: sen tila on ”{stage}”.',
    sv: 'Meddelandet behöver inte sändas på nytt: dess läge är ”{stage}”.',
    en: 'The notification need not be sent again: it is {stage}.',
    terms: { stage: stages },
  },
  'notification-too-late': {
    fi: 'Ilmoituksesta oli hyötyä {until} asti. Ota vastaanottajaan yhteyttä muulla tavalla.',
    sv: 'Meddelandet var till nytta till {until}. Kontakta mottagaren på annat sätt.',
    en: 'The notification was of use until {until}. Reach its addressee in another way.',
  },
});
