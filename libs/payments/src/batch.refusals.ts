import { refusals } from '#kernel/refused';

export const { texts: batchRefusals, refuse } = refusals({
  'batch-exists': {
    fi: 'Maksuaineisto {batch} on jo valmisteltu. Anna uudelle oma tunnus.',
    sv: 'Betalningsomgången {batch} är redan beredd. Ge den nya ett eget id.',
    en: 'There is a batch {batch} already. Give the new one an id of its own.',
  },
  'batch-unknown': {
    fi: 'Maksuaineistoa {batch} ei ole. Tarkista tunnus.',
    sv: 'Betalningsomgången {batch} finns inte. Kontrollera id:t.',
    en: 'There is no batch {batch}. Check its id.',
  },
  'batch-payments': {
    fi: 'Maksuaineistossa on nimettävä vähintään yksi maksu, ja kukin kerran.',
    sv: 'En betalningsomgång ska nämna minst en betalning, och varje betalning en gång.',
    en: 'A batch names at least one payment, and each once.',
  },
  'batch-day-past': {
    fi: 'Maksupäivä {executeOn} on jo mennyt. Anna tämä päivä tai myöhempi.',
    sv: 'Betalningsdagen {executeOn} har redan passerat. Ange dagens datum eller ett senare.',
    en: 'The day of payment, {executeOn}, is over. Give this day or a later one.',
  },
  'batch-payee-other': {
    fi: 'Maksun {payment} saaja ei ole {organisation}. Tarkista saaja avustuksesta {grant}.',
    sv: 'Betalningen {payment} går inte till {organisation}. Kontrollera mottagaren i understödet {grant}.',
    en: 'The payment {payment} is not {organisation}’s. See in the grant {grant} whose it is.',
  },
  'payee-account-missing': {
    fi: 'Organisaatio {organisation} ei ole nimennyt tiliä, joten sille ei voi maksaa. Pyydä sen allekirjoittajaa nimeämään tili.',
    sv: 'Organisationen {organisation} har inte uppgett något konto och kan inte betalas. Be dess undertecknare uppge ett konto.',
    en: 'The organisation {organisation} has named no account and cannot be paid. Ask its signatory to name one.',
  },
  'payee-account-unconfirmed': {
    fi: 'Organisaation {organisation} tiliä ei ole vahvistettu. Tarkistakaa ja vahvistakaa se ensin.',
    sv: 'Kontot för organisationen {organisation} är inte bekräftat. Kontrollera och bekräfta det först.',
    en: 'The account of the organisation {organisation} is not confirmed. Have it checked and confirmed first.',
  },
  'batch-payment-not-decided': {
    fi: 'Avustuksen {grant} maksusta {payment} ei ole päätetty. Odota maksatuspäätöstä.',
    sv: 'Betalningen {payment} av understödet {grant} är inte beslutad. Vänta på beslutet.',
    en: 'The payment {payment} of the grant {grant} is not decided. Wait for the decision.',
  },
  'batch-payment-taken': {
    fi: 'Avustuksen {grant} maksu {payment} on jo maksuaineistossa tai lähetetty. Jätä se pois.',
    sv: 'Betalningen {payment} av understödet {grant} ingår redan i en omgång eller är sänd. Utelämna den.',
    en: 'The payment {payment} of the grant {grant} is in a batch already, or sent. Leave it out.',
  },
  'batch-payments-stopped': {
    fi: 'Avustuksen {grant} maksaminen on keskeytetty tai lopetettu. Jätä sen maksut pois.',
    sv: 'Utbetalningen av understödet {grant} är avbruten eller har upphört. Utelämna dess betalningar.',
    en: 'Payments of the grant {grant} are suspended or were terminated. Leave its payments out.',
  },
  'batch-grant-over': {
    fi: 'Avustus {grant} on jo vahvistettu tai päätetty, eikä siitä enää makseta. Jätä sen maksut pois.',
    sv: 'Understödet {grant} är redan fastställt eller avslutat, och inget mer betalas av det. Utelämna dess betalningar.',
    en: 'The grant {grant} is settled or closed: nothing more of it is paid. Leave its payments out.',
  },
  'batch-preparer-decided': {
    fi: 'Olet päättänyt maksusta {payment}, joten et voi valmistella sen lähettämistä. Siirrä valmistelu toiselle.',
    sv: 'Du har beslutat om betalningen {payment} och kan inte bereda dess sändning. Överför beredningen till en annan.',
    en: 'You decided on the payment {payment} and cannot prepare its sending. Hand the batch to somebody else.',
  },
  'batch-handler-disqualified': {
    fi: 'Olet esteellinen asiassa {grant}, joten et voi valmistella sen maksuja. Siirrä ne toiselle.',
    sv: 'Du är jävig i ärendet {grant} och kan inte bereda dess betalningar. Överför dem till en annan.',
    en: 'You are disqualified in the matter {grant} and cannot prepare its payments. Hand them to somebody else.',
  },
  'batch-not-ready': {
    fi: 'Maksuaineistoa {batch} ei voi vapauttaa: sen maksuja vielä kootaan, tai se on jo vapautettu tai peruttu. Katso sen vaihe.',
    sv: 'Betalningsomgången {batch} kan inte frisläppas: dess betalningar samlas ännu, eller så är den redan frisläppt eller annullerad. Se dess skede.',
    en: 'The batch {batch} cannot be released: its payments are still being collected, or it was released or cancelled already. See its stage.',
  },
  'batch-empty': {
    fi: 'Maksuaineiston {batch} kaikki maksut jäivät pois. Peru aineisto ja valmistele uusi.',
    sv: 'Alla betalningar i omgången {batch} lämnades utanför. Annullera den och bered en ny.',
    en: 'All payments of the batch {batch} were left out. Cancel it and prepare another.',
  },
  'batch-releaser-prepared': {
    fi: 'Olet valmistellut maksuaineiston, joten et voi vapauttaa sitä. Siirrä vapauttaminen toiselle.',
    sv: 'Du har berett betalningsomgången och kan inte frisläppa den. Överför frisläppandet till en annan.',
    en: 'You prepared the batch and cannot release it. Hand the releasing to somebody else.',
  },
  'batch-released': {
    fi: 'Maksuaineisto {batch} on jo vapautettu, eikä sitä voi enää perua. Maksut palautuvat vain, jos pankki hylkää ne.',
    sv: 'Betalningsomgången {batch} är redan frisläppt och kan inte längre annulleras. Betalningarna återgår bara om banken avvisar dem.',
    en: 'The batch {batch} was released and cannot be cancelled any more. Its payments come back only if the bank rejects them.',
  },
  'batch-not-sent': {
    fi: 'Maksuaineiston {batch} tiedostoa ei ole, tai siinä on muut maksut. Katso aineiston vaihe.',
    sv: 'Omgången {batch} har ingen fil, eller så har filen andra betalningar. Se dess skede.',
    en: 'The batch {batch} has no file, or one with other payments. See its stage.',
  },
  'batch-file-other': {
    fi: 'Maksuaineistolla {batch} on jo toinen tiedosto. Toista ei kirjoiteta.',
    sv: 'Omgången {batch} har redan en annan fil. Någon andra skrivs inte.',
    en: 'The batch {batch} has another file already. No second one is written.',
  },
});
