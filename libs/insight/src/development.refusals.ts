import { municipalityFaults } from '#kernel/municipality';
import { refusals } from '#kernel/refused';
import { regions } from '#kernel/region';

export const { texts: developmentRefusals, refuse } = refusals({
  'action-exists': {
    fi: 'Toimenpiteestä {action} on jo sovittu toisin. Anna uudelle toimenpiteelle toinen tunnus.',
    sv: 'Åtgärden {action} har redan avtalats på annat sätt. Ge den nya åtgärden ett annat id.',
    en: 'The action {action} was agreed on already, and otherwise. Give the new one another id.',
  },
  'action-unknown': {
    fi: 'Toimenpiteestä {action} ei ole annettuna aikana sovittu. Tarkista tunnus ja aika.',
    sv: 'Åtgärden {action} har inte avtalats vid den angivna tiden. Kontrollera id:t och tiden.',
    en: 'The action {action} was not agreed on at the time given. Check its id and the time.',
  },
  'action-completed': {
    fi: 'Toimenpide {action} on jo kirjattu valmiiksi.',
    sv: 'Åtgärden {action} har redan antecknats som slutförd.',
    en: 'The action {action} is recorded as completed already.',
  },
  'action-in-future': {
    fi: 'Kentän {effectiveAt:label} aika ({effectiveAt}) ei ole vielä alkanut. Kirjaa tapahtunut vasta sen jälkeen.',
    sv: 'Tiden i fältet {effectiveAt:label} ({effectiveAt}) har inte börjat ännu. Anteckna det skedda först därefter.',
    en: 'The time in {effectiveAt:label} ({effectiveAt}) has not begun. Record what happened after that.',
  },
  'action-due-before-agreed': {
    fi: 'Kentän {by:label} päivä ({by}) on ennen toimenpiteestä sopimista. Korjaa päivä.',
    sv: 'Dagen i fältet {by:label} ({by}) är före avtalet om åtgärden. Rätta dagen.',
    en: 'The day in {by:label} ({by}) is before the action is agreed on. Correct the day.',
  },
  'action-municipality': {
    fi: 'Kenttä {municipalities:label}: kunta {municipality} {fault} (maakunta: {region}). Tarkista kunta ja aika.',
    sv: 'Fältet {municipalities:label}: kommunen {municipality} {fault} (landskap: {region}). Kontrollera kommunen och tiden.',
    en: 'In {municipalities:label}: {municipality} {fault} (the region: {region}). Check the municipality and the time.',
    terms: { fault: municipalityFaults, region: regions },
  },
  'action-survey-unknown': {
    fi: 'Kenttä {survey:label}: kyselyä {survey} ei ole tehty maakunnassa. Tarkista tunnus tai jätä se pois.',
    sv: 'Fältet {survey:label}: enkäten {survey} har inte gjorts i landskapet. Kontrollera id:t eller utelämna det.',
    en: 'In {survey:label}: there is no survey {survey} in the region. Check its id, or leave it out.',
  },
  'action-organisation-unknown': {
    fi: 'Kenttä {responsible:label}: organisaatiota {organisation} ei ole rekisterissä. Lisää se ensin rekisteriin.',
    sv: 'Fältet {responsible:label}: organisationen {organisation} finns inte i registret. Registrera den först.',
    en: 'In {responsible:label}: the organisation {organisation} is not registered. Register it first.',
  },
});
