import { refusals } from '#kernel/refused';
import { regions } from '#kernel/region';

export const { texts: programmeRefusals, refuse } = refusals({
  'region-not-in-programme': {
    fi: 'Maakunta ({region}) ei ole annettuna aikana mukana ohjelmassa {programme}. Tarkista maakunta ja päivä.',
    sv: 'Landskapet ({region}) deltar inte i programmet {programme} vid den angivna tiden. Kontrollera landskapet och dagen.',
    en: 'The region ({region}) takes no part in the programme {programme} at the time given. Check the region and the day.',
    terms: { region: regions },
  },
});
