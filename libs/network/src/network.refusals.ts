import { refusals } from '#kernel/refused';
import { regions } from '#kernel/region';

export const { texts: networkRefusals, refuse } = refusals({
  'network-exists': {
    fi: 'Verkosto {network} on jo perustettu. Anna uudelle verkostolle toinen tunnus.',
    sv: 'Nätverket {network} har redan grundats. Ge det nya nätverket ett annat id.',
    en: 'The network {network} was founded already. Give the new network another id.',
  },
  'network-unknown': {
    fi: 'Verkostoa {network} ei ole annetussa maakunnassa. Tarkista tunnus ja maakunta.',
    sv: 'Nätverket {network} finns inte i det angivna landskapet. Kontrollera id:t och landskapet.',
    en: 'There is no network {network} in the region given. Check its id and the region.',
  },
  'network-kept-by-region': {
    fi: 'Maakunnan verkostoa hoitaa maakunnan koordinoija. Pyydä häntä kirjaamaan muutos.',
    sv: 'Landskapets nätverk sköts av landskapets samordnare. Be samordnaren anteckna ändringen.',
    en: 'A region’s network is kept by the region’s coordinator. Ask them to record the change.',
  },
  'network-region-needed': {
    fi: 'Kerro maakunta, jonka verkosto tämä on. Vain valtakunnallisella verkostolla ei ole maakuntaa.',
    sv: 'Ange landskapet vars nätverk det är. Endast ett riksomfattande nätverk saknar landskap.',
    en: 'Say whose region’s network it is. Only a national network has no region.',
  },
  'network-region-not-taken': {
    fi: 'Valtakunnallisella verkostolla ei ole maakuntaa eikä kuntia. Jätä ne pois tai valitse toinen taso.',
    sv: 'Ett riksomfattande nätverk har varken landskap eller kommuner. Utelämna dem eller välj en annan nivå.',
    en: 'A national network has neither a region nor municipalities. Leave them out, or choose another level.',
  },
  'network-municipalities-needed': {
    fi: 'Luettele kunnat, joiden verkosto tämä on.',
    sv: 'Räkna upp kommunerna vars nätverk det är.',
    en: 'List the municipalities whose network it is.',
  },
  'network-municipalities-not-taken': {
    fi: 'Maakunnan verkosto kattaa kaikki maakunnan kunnat. Jätä kunnat pois tai valitse tasoksi seutukunta.',
    sv: 'Landskapets nätverk omfattar alla kommuner i landskapet. Utelämna kommunerna eller välj subregional nivå.',
    en: 'A region’s network is for all its municipalities. Leave them out, or choose the sub-regional level.',
  },
  'network-municipality-elsewhere': {
    fi: 'Kunta {municipality} ei annettuna aikana kuulu maakuntaan ({region}). Tarkista kunta.',
    sv: 'Kommunen {municipality} hör inte till landskapet ({region}) vid den angivna tiden. Kontrollera kommunen.',
    en: 'The municipality {municipality} does not belong to the region ({region}) at the time given. Check the municipality.',
    terms: { region: regions },
  },
  'network-organisation-unknown': {
    fi: 'Organisaatiota {organisation} ei ole rekisterissä. Lisää se ensin rekisteriin.',
    sv: 'Organisationen {organisation} finns inte i registret. Registrera den först.',
    en: 'The organisation {organisation} is not registered. Register it first.',
  },
  'network-organisation-not-yet-registered': {
    fi: 'Organisaatio {organisation} on rekisterissä vasta alkaen {since}. Valitse myöhempi päivä tai pyydä ministeriötä oikaisemaan se.',
    sv: 'Organisationen {organisation} finns i registret först från och med {since}. Välj en senare dag eller be ministeriet rätta den.',
    en: 'The organisation {organisation} is in the register only from {since} on. Choose a later day, or ask the ministry to correct that day.',
  },
  'network-organisation-succeeded': {
    fi: 'Organisaation {organisation} tehtäviä jatkaa {by}. Kirjaa se sen sijaan.',
    sv: 'Organisationen {organisation} har efterträtts av {by}. Anteckna den i stället.',
    en: 'The organisation {organisation} was succeeded by {by}. Record that one instead.',
  },
  'coordinator-appointed': {
    fi: 'Verkostolla on jo koordinoija ({coordinator}). Jos koordinoija vaihtuu, kirjaa vaihto.',
    sv: 'Nätverket har redan en samordnare ({coordinator}). Om samordnaren byts, anteckna bytet.',
    en: 'The network has a coordinator already ({coordinator}). If it changes, record that it was replaced.',
  },
  'network-not-founded-yet': {
    fi: 'Verkosto on perustettu vasta {since}, eikä siitä voi kirjata mitään sitä ennen. Valitse myöhempi päivä.',
    sv: 'Nätverket grundades först {since}, och om det kan inget antecknas före det. Välj en senare dag.',
    en: 'The network was founded only on {since}, and nothing can be recorded of it before. Choose a later day.',
  },
  'coordinator-missing': {
    fi: 'Verkostolla ei ole annettuna aikana koordinoijaa. Kirjaa nimeäminen.',
    sv: 'Nätverket har ingen samordnare vid den angivna tiden. Anteckna att en samordnare utses.',
    en: 'The network has no coordinator at the time given. Record that one was appointed.',
  },
  'member-joined': {
    fi: '{member} on jo verkoston jäsen. Jos sen rooli muuttuu, kirjaa roolin muutos.',
    sv: '{member} är redan medlem i nätverket. Om rollen ändras, anteckna ändringen av rollen.',
    en: '{member} is a member of the network already. If its role changes, record the change of role.',
  },
  'member-unknown': {
    fi: 'Verkoston jäsenenä ei annettuna aikana ole: {members}. Tarkista tunnus ja päivä tai kirjaa liittyminen.',
    sv: 'Medlem i nätverket vid den angivna tiden är inte: {members}. Kontrollera id:t och dagen eller anteckna anslutningen.',
    en: 'No member of the network at the time given: {members}. Check the id and the day, or record that it joined.',
  },
  'meeting-exists': {
    fi: 'Kokous {meeting} on jo kirjattu muunlaisena. Anna uudelle kokoukselle toinen tunnus.',
    sv: 'Mötet {meeting} har redan antecknats på annat sätt. Ge det nya mötet ett annat id.',
    en: 'The meeting {meeting} was recorded already, and otherwise. Give the new meeting another id.',
  },
  'meeting-in-future': {
    fi: 'Kokouksen päivä ({on}) ei ole vielä alkanut. Kirjaa kokous, kun se on pidetty.',
    sv: 'Mötesdagen ({on}) har inte börjat ännu. Anteckna mötet när det har hållits.',
    en: 'The day of the meeting ({on}) has not begun. Record the meeting once it was held.',
  },
});
