import { municipalityFaults } from '#kernel/municipality';
import { refusals } from '#kernel/refused';
import { regions } from '#kernel/region';

export const { texts: indicatorRefusals, refuse } = refusals({
  'indicator-version-unknown': {
    fi: 'Kenttä version: mittarilla {indicator} ei ole versiota {version}. Tarkista mittari ja versio.',
    sv: 'Fältet version: indikatorn {indicator} har ingen version {version}. Kontrollera indikatorn och versionen.',
    en: 'In version: the indicator {indicator} has no version {version}. Check the indicator and the version.',
  },
  'indicator-period-reversed': {
    fi: 'Kentän period alku ({from}) on sen lopun ({to}) jälkeen. Korjaa päivät.',
    sv: 'I fältet period ligger början ({from}) efter slutet ({to}). Rätta dagarna.',
    en: 'In period the beginning ({from}) is after the end ({to}). Correct the days.',
  },
  'indicator-period-goes-on': {
    fi: 'Kentän period jakso päättyy vasta {to}. Ilmoita arvo sen jälkeen.',
    sv: 'Perioden i fältet period slutar först {to}. Rapportera värdet efter det.',
    en: 'The period in period ends on {to} only. Report the value after that.',
  },
  'indicator-value-or-reason': {
    fi: 'Anna joko arvo (value ja basis) tai syy, miksi se puuttuu (missingBecause).',
    sv: 'Ange antingen ett värde (value och basis) eller varför det saknas (missingBecause).',
    en: 'Give either a value (value and basis), or why it is missing (missingBecause).',
  },
  'indicator-value-impossible': {
    fi: 'Kentän value arvo ({value}) ei käy: lukumäärä on kokonaisluku nollasta ylöspäin, osuus 0–100 prosenttia ja pistemäärä vähintään nolla.',
    sv: 'Värdet i fältet value ({value}) duger inte: ett antal är ett heltal från noll uppåt, en andel 0–100 procent och ett poängtal minst noll.',
    en: 'The value in value ({value}) cannot be: a count is a whole number from zero up, a share 0 to 100 per cent, a score zero at least.',
  },
  'indicator-municipality': {
    fi: 'Kenttä municipality: kunta {municipality} {fault} (maakunta: {region}). Tarkista kunta ja jakso.',
    sv: 'Fältet municipality: kommunen {municipality} {fault} (landskap: {region}). Kontrollera kommunen och perioden.',
    en: 'In municipality: {municipality} {fault} (the region: {region}). Check the municipality and the period.',
    terms: { fault: municipalityFaults, region: regions },
  },
  'indicator-correction-unexplained': {
    fi: 'Arvo on jo ilmoitettu. Jos korjaat sitä, kerro syy kentässä correction.',
    sv: 'Värdet har redan rapporterats. Om du rättar det, ange orsaken i fältet correction.',
    en: 'The value was reported already. If you correct it, say why in correction.',
  },
  'indicator-nothing-to-correct': {
    fi: 'Kenttä correction: tätä arvoa ei ole ilmoitettu aiemmin. Jätä kenttä pois tai tarkista jakso, versio ja erittely.',
    sv: 'Fältet correction: värdet har inte rapporterats tidigare. Utelämna fältet eller kontrollera perioden, versionen och fördelningen.',
    en: 'In correction: this value was not reported before. Leave the field out, or check period, version and breakdown.',
  },
});
