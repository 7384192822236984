import { refusals } from '#kernel/refused';

export const { texts: communicationRefusals, refuse } = refusals({
  'communication-incomplete': {
    fi: 'Viestistä puuttuu: {missing}. Täydennä tiedot.',
    sv: 'Meddelandet saknar: {missing}. Komplettera uppgifterna.',
    en: 'The communication lacks: {missing}. Add what is missing.',
  },
  'communication-published': {
    fi: 'Viesti {communication} on jo julkaistu. Sille voi enää kertoa tavoitettujen määrän. Anna uudelle viestille toinen tunnus.',
    sv: 'Meddelandet {communication} har redan publicerats. Endast antalet nådda kan anges. Ge det nya meddelandet ett annat id.',
    en: 'The communication {communication} was published already. Only whom it reached can still be told. Give a new one another id.',
  },
  'communication-in-future': {
    fi: 'Kentän {on:label} päivä ({on}) ei ole vielä alkanut. Kirjaa viesti, kun se on julkaistu, tai suunnittele se.',
    sv: 'Dagen i fältet {on:label} ({on}) har inte börjat ännu. Anteckna meddelandet när det har publicerats, eller planera det.',
    en: 'The day in {on:label} ({on}) has not begun. Record it once it was published, or plan it.',
  },
  'communication-in-past': {
    fi: 'Kentän {on:label} päivä ({on}) on mennyt. Kirjaa viesti julkaistuksi tai anna myöhempi päivä.',
    sv: 'Dagen i fältet {on:label} ({on}) har passerat. Anteckna meddelandet som publicerat eller ange en senare dag.',
    en: 'The day in {on:label} ({on}) is over. Record it as published, or give a later day.',
  },
});
