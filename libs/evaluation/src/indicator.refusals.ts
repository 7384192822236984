import { municipalityFaults } from '#kernel/municipality';
import { refusals } from '#kernel/refused';
import { regions } from '#kernel/region';

export const { texts: indicatorRefusals, refuse } = refusals({
  'indicator-version-unknown': {
    fi: 'Kenttä {version:label}: mittarilla {indicator} ei ole versiota {version}. Tarkista mittari ja versio.',
    sv: 'Fältet {version:label}: indikatorn {indicator} har ingen version {version}. Kontrollera indikatorn och versionen.',
    en: 'In {version:label}: the indicator {indicator} has no version {version}. Check the indicator and the version.',
  },
  'indicator-period-reversed': {
    fi: 'Kentän {period:label} alku ({from}) on sen lopun ({to}) jälkeen. Korjaa päivät.',
    sv: 'I fältet {period:label} ligger början ({from}) efter slutet ({to}). Rätta dagarna.',
    en: 'In {period:label} the beginning ({from}) is after the end ({to}). Correct the days.',
  },
  'indicator-period-goes-on': {
    fi: 'Kentän {period:label} jakso päättyy vasta {to}. Ilmoita arvo sen jälkeen.',
    sv: 'Perioden i fältet {period:label} slutar först {to}. Rapportera värdet efter det.',
    en: 'The period in {period:label} ends on {to} only. Report the value after that.',
  },
  'indicator-value-or-reason': {
    fi: 'Anna joko arvo (value ja basis) tai syy, miksi se puuttuu (missingBecause).',
    sv: 'Ange antingen ett värde (value och basis) eller varför det saknas (missingBecause).',
    en: 'Give either a value (value and basis), or why it is missing (missingBecause).',
  },
  'indicator-value-impossible': {
    fi: 'Kentän {value:label} arvo ({value}) ei käy: lukumäärä on kokonaisluku nollasta ylöspäin, osuus 0–100 prosenttia ja pistemäärä vähintään nolla.',
    sv: 'Värdet i fältet {value:label} ({value}) duger inte: ett antal är ett heltal från noll uppåt, en andel 0–100 procent och ett poängtal minst noll.',
    en: 'The value in {value:label} ({value}) cannot be: a count is a whole number from zero up, a share 0 to 100 per cent, a score zero at least.',
  },
  'indicator-municipality': {
    fi: 'Kenttä {municipality:label}: kunta {municipality} {fault} (maakunta: {region}). Tarkista kunta ja jakso.',
    sv: 'Fältet {municipality:label}: kommunen {municipality} {fault} (landskap: {region}). Kontrollera kommunen och perioden.',
    en: 'In {municipality:label}: {municipality} {fault} (the region: {region}). Check the municipality and the period.',
    terms: { fault: municipalityFaults, region: regions },
  },
  'indicator-correction-unexplained': {
    fi: 'Arvo on jo ilmoitettu. Jos korjaat sitä, kerro syy kentässä {correction:label}.',
    sv: 'Värdet har redan rapporterats. Om du rättar det, ange orsaken i fältet {correction:label}.',
    en: 'The value was reported already. If you correct it, say why in {correction:label}.',
  },
  'indicator-nothing-to-correct': {
    fi: 'Kenttä {correction:label}: tätä arvoa ei ole ilmoitettu aiemmin. Jätä kenttä pois tai tarkista jakso, versio ja erittely.',
    sv: 'Fältet {correction:label}: värdet har inte rapporterats tidigare. Utelämna fältet eller kontrollera perioden, versionen och fördelningen.',
    en: 'In {correction:label}: this value was not reported before. Leave the field out, or check period, version and breakdown.',
  },
});
