import { failures } from '#kernel/refused';

export const { texts: decidedAgainFailures, fail: failDecidedAgain } = failures({
  'decision-or-event': {
    fi: 'Anna joko decision (hakemuksen tunnus) tai stream ja revision, ei molempia.',
    sv: 'Ange antingen decision (ansökans id) eller stream och revision, inte båda.',
    en: 'Give either decision (the id of an application) or stream and revision, not both.',
  },
  'decision-not-on-record': {
    fi: 'Hakemuksesta {decision} ei ole päätöstä lokissa. Tarkista tunnus: se on haun tunnus, kaksi yhdysmerkkiä ja hakijan tunnus tai maakunnan koodi.',
    sv: 'Loggen har inget beslut om ansökan {decision}. Kontrollera id:t: det är utlysningens id, två bindestreck och sökandens id eller landskapets kod.',
    en: 'The log has no decision on the application {decision}. Check the id: it is the call’s id, two hyphens, and the applicant’s id or the region’s code.',
  },
  'event-not-on-record': {
    fi: 'Virrassa {stream} ei ole muutosta {revision}. Tarkista virran nimi ja muutoksen järjestysnumero (revision).',
    sv: 'Strömmen {stream} har ingen revision {revision}. Kontrollera strömmens namn och revisionens nummer.',
    en: 'The stream {stream} has no revision {revision}. Check the name of the stream and the number of the revision.',
  },
});
