import { refusals } from '#kernel/refused';

export const { texts: notificationRefusals, refuse } = refusals({
  'notification-unknown': {
    fi: 'Ilmoitusta ei ole. Tarkista tunnus.',
    sv: 'Meddelandet finns inte. Kontrollera id.',
    en: 'There is no such notification. Check its id.',
  },
  'notification-not-stuck': {
    fi: 'Ilmoitus lähetetään tai on lähetetty ({stage}), joten sitä ei tarvitse lähettää uudelleen.',
    sv: 'Meddelandet sänds eller har sänts ({stage}) och behöver inte sändas på nytt.',
    en: 'The notification is being sent, or was ({stage}): it need not be sent again.',
  },
  'notification-too-late': {
    fi: 'Ilmoituksesta oli hyötyä {until} asti. Ota vastaanottajaan yhteyttä muulla tavalla.',
    sv: 'Meddelandet var till nytta till {until}. Kontakta mottagaren på annat sätt.',
    en: 'The notification was of use until {until}. Reach its addressee in another way.',
  },
});
