import { refusals } from '#kernel/refused';

export const { texts: grantRefusals, refuse } = refusals({
  'grant-unknown': {
    fi: 'Avustusta {grant} ei ole, tai se ei ole sinun käsiteltävissäsi. Tarkista tunnus.',
    sv: 'Understödet {grant} finns inte, eller så kan du inte behandla det. Kontrollera id:t.',
    en: 'There is no grant {grant}, or it is not yours to handle. Check its id.',
  },
  'grant-without-decision': {
    fi: 'Hakemuksesta {grant} ei ole päätöstä. Päätä ensin hakemuksesta.',
    sv: 'Det finns inget beslut om ansökan {grant}. Avgör först ansökan.',
    en: 'There is no decision on {grant}. Decide on the application first.',
  },
  'grant-closed': {
    fi: 'Avustuksen käsittely on päätetty, joten siinä ei enää muutu mitään.',
    sv: 'Ärendet om understödet är avslutat, och inget i det ändras längre.',
    en: 'The file of the grant is closed: nothing of it changes any more.',
  },
  'grant-settled': {
    fi: 'Avustuksen lopullinen määrä on jo vahvistettu. Käsittely voidaan vain päättää.',
    sv: 'Understödets slutliga belopp är redan fastställt. Ärendet kan bara avslutas.',
    en: 'The grant is settled already. It can only be closed.',
  },
  'grant-declined': {
    fi: 'Avustus on hylätty, ja sen rahat palautuvat määrärahaan.',
    sv: 'Understödet har avböjts, och medlen återgår till anslaget.',
    en: 'The grant was declined, and its money returns to the appropriation.',
  },
  'grant-not-accepted': {
    fi: 'Avustuksen saaja ei ole hyväksynyt avustusta. Odota hyväksymistä.',
    sv: 'Understödstagaren har inte godkänt understödet. Vänta på godkännandet.',
    en: 'The grantee has not accepted the grant. Wait until it is accepted.',
  },
  'nothing-granted': {
    fi: 'Päätöksellä ei myönnetty avustusta, joten hyväksyttävää ei ole. Päätökseen voi vaatia oikaisua.',
    sv: 'Inget understöd beviljades genom beslutet, så det finns inget att godkänna. Omprövning kan begäras.',
    en: 'Nothing was granted that could be accepted. Rectification of the decision can be requested.',
  },
  'not-notified': {
    fi: 'Päätöstä ei ole vielä annettu tiedoksi. Odota tiedoksiantoa.',
    sv: 'Beslutet är inte delgivet än. Vänta på delgivningen.',
    en: 'The decision is not notified yet. Wait for its notice.',
  },
  'already-notified': {
    fi: 'Päätös on jo annettu tiedoksi, ja se katsotaan saaduksi {receivedOn}.',
    sv: 'Beslutet är redan delgivet och anses mottaget {receivedOn}.',
    en: 'The decision is notified already, and counts as received on {receivedOn}.',
  },
  'acceptance-late': {
    fi: 'Avustus olisi pitänyt hyväksyä viimeistään {acceptBy}. Ota yhteyttä ministeriöön.',
    sv: 'Understödet borde ha godkänts senast {acceptBy}. Kontakta ministeriet.',
    en: 'The grant was to be accepted by {acceptBy}. Turn to the ministry.',
  },
  'already-accepted': {
    fi: 'Avustus on jo hyväksytty, joten sitä ei voi enää hylätä. Palauta se, mitä et käytä.',
    sv: 'Understödet är redan godkänt och kan inte längre avböjas. Återbetala det som inte används.',
    en: 'The grant is accepted already and can be declined no more. Repay what you do not use.',
  },
  'grant-decider-presented': {
    fi: 'Olet esitellyt päätöksen, joten et voi ratkaista avustuksen asioita. Siirrä ratkaisu toiselle.',
    sv: 'Du har föredragit beslutet och kan inte avgöra ärenden om understödet. Överför avgörandet till en annan.',
    en: 'You presented the decision and decide nothing in its life. Hand it to another decider.',
  },
  'grant-handler-disqualified': {
    fi: 'Olet esteellinen tässä asiassa, joten et voi käsitellä, tarkastaa etkä ratkaista sitä. Siirrä asia toiselle.',
    sv: 'Du är jävig i detta ärende och kan varken behandla, granska eller avgöra det. Överför ärendet till en annan.',
    en: 'You are disqualified in this matter and can neither handle, inspect nor decide it. Hand it to somebody else.',
  },
  'term-not-set': {
    fi: 'Ehdolle {term} ei ole arvoa päivälle {day}. Aseta se ensin, lähde mainiten.',
    sv: 'Villkoret {term} har inget värde för {day}. Fastställ det först, med källa.',
    en: 'The term {term} has no value for {day}. Set it first, with its source.',
  },
  'grant-day-in-future': {
    fi: 'Päivä {day} ei ole vielä ollut. Tarkista päivä.',
    sv: 'Dagen {day} har inte varit än. Kontrollera dagen.',
    en: 'The day {day} has not been yet. Check it.',
  },
  'grant-due-passed': {
    fi: 'Määräpäivä {due} on jo mennyt. Anna myöhempi päivä.',
    sv: 'Den sista dagen {due} har redan passerat. Ange en senare dag.',
    en: 'The due day {due} has passed already. Give a later one.',
  },
  'grant-due-far-away': {
    fi: 'Määräpäivä {due} on yli {days} päivän päässä. Jos se on oikein, lähetä komento uudelleen niin, että isFarDayMeant on true.',
    sv: 'Den sista dagen {due} ligger mer än {days} dagar bort. Om den är rätt, skicka kommandot på nytt med isFarDayMeant som true.',
    en: 'The due day {due} is more than {days} days away. If it is meant, send the command again with isFarDayMeant as true.',
  },
  'grantee-stated': {
    fi: 'Kuulemiseen {hearing} on jo annettu lausuma, joten sitä ei voi enää muuttaa eikä perua.',
    sv: 'Ett yttrande har redan getts i hörandet {hearing}, som därför varken kan ändras eller dras tillbaka.',
    en: 'A statement was given in the hearing {hearing}, which can neither be changed nor withdrawn any more.',
  },
  'partner-share-too-large': {
    fi: 'Kumppanin osuus {amount:euros} euroa on suurempi kuin avustus {largest:euros} euroa. Tarkista osuus.',
    sv: 'Partnerns andel {amount:euros} euro är större än understödet {largest:euros} euro. Kontrollera andelen.',
    en: 'The partner’s part of {amount:euros} euros is more than the grant of {largest:euros} euros. Check it.',
  },
  'change-exists': {
    fi: 'Muutoshakemus {change} on jo tehty. Anna uudelle oma tunnus.',
    sv: 'Ändringsansökan {change} har redan gjorts. Ge den nya ett eget id.',
    en: 'There is a change request {change} already. Give the new one an id of its own.',
  },
  'change-parts': {
    fi: 'Muutoshakemuksessa on oltava vähintään yksi osa, ja kukin osa kerran.',
    sv: 'En ändringsansökan ska ha minst en del, och varje del en gång.',
    en: 'A change request names at least one part, and each part once.',
  },
  'change-not-open': {
    fi: 'Muutoshakemusta {change} ei ole ratkaistavana. Tarkista tunnus.',
    sv: 'Ändringsansökan {change} väntar inte på avgörande. Kontrollera id:t.',
    en: 'There is no change request {change} to be decided. Check its id.',
  },
  'change-decided-in-part': {
    fi: 'Muutoshakemus ratkaistaan osa kerrallaan, jokainen osa: {parts}. Ratkaise kaikki osat.',
    sv: 'En ändringsansökan avgörs del för del, alla delar: {parts}. Avgör alla delar.',
    en: 'A change request is decided part by part, and all of them: {parts}. Decide every part.',
  },
  'change-period': {
    fi: 'Uusi käyttöaika annetaan silloin ja vain silloin, kun muutos aikaan hyväksytään. Tarkista käyttöaika.',
    sv: 'En ny användningstid anges när, och bara när, en ändring av tiden godtas. Kontrollera användningstiden.',
    en: 'A new period of use is given where, and only where, the part of time is accepted. Check the period.',
  },
  'reduction-below-paid': {
    fi: 'Avustusta voi pienentää enintään {largest:euros} euroa, jottei se alita jo maksettua. Anna nollaa suurempi määrä, joka on enintään se.',
    sv: 'Understödet kan minskas med högst {largest:euros} euro, så att det inte understiger det utbetalda. Ange ett belopp över noll och högst detta.',
    en: 'The grant can be reduced by at most {largest:euros} euros, so that it does not fall below what is paid. Give more than zero and at most that.',
  },
  'report-exists': {
    fi: 'Selvitys {report} on jo annettu. Sen voi antaa uudelleen vain, jos se palautetaan.',
    sv: 'Redovisningen {report} har redan lämnats. Den kan lämnas på nytt bara om den återsänds.',
    en: 'The report {report} was submitted already. It can be submitted anew only after it is returned.',
  },
  'report-unknown': {
    fi: 'Selvitystä {report} ei ole tarkastettavana. Tarkista tunnus.',
    sv: 'Redovisningen {report} väntar inte på granskning. Kontrollera id:t.',
    en: 'There is no report {report} to be inspected. Check its id.',
  },
  'report-inspected': {
    fi: 'Selvitys {report} on jo tarkastettu tältä osin, eikä sitä enää muuteta.',
    sv: 'Redovisningen {report} är redan granskad i detta avseende och ändras inte längre.',
    en: 'The report {report} is inspected in this respect already and changes no more.',
  },
  'costs-outside-period': {
    fi: 'Rivin {line} kulut ovat käyttöajan {from}–{to} ulkopuolella, joten ne eivät ole hyväksyttäviä. Poista ne tai hae muutosta aikaan.',
    sv: 'Kostnaderna på raden {line} ligger utanför användningstiden {from}–{to} och är inte godtagbara. Ta bort dem eller ansök om en ändring av tiden.',
    en: 'The costs on the line {line} lie outside the period of use, {from} to {to}, and are not eligible. Leave them out, or ask for a change of time.',
  },
  'inspected-by-same-person': {
    fi: 'Olet tarkastanut selvityksen toisen puolen. Sisällön ja talouden tarkastavat eri henkilöt.',
    sv: 'Du har granskat den andra sidan av redovisningen. Innehållet och ekonomin granskas av olika personer.',
    en: 'You inspected the other side of the report. Substance and finances are inspected by different people.',
  },
  'accepted-over-reported': {
    fi: 'Hyväksytyt kustannukset {accepted:euros} euroa ovat suuremmat kuin ilmoitetut {reported:euros} euroa. Tarkista määrä.',
    sv: 'De godkända kostnaderna {accepted:euros} euro är större än de redovisade {reported:euros} euro. Kontrollera beloppet.',
    en: 'The accepted costs of {accepted:euros} euros are more than the {reported:euros} euros reported. Check them.',
  },
  'final-report-not-inspected': {
    fi: 'Loppuselvitystä ei ole tarkastettu sekä sisällöltään että taloudeltaan. Tarkastakaa se ensin.',
    sv: 'Slutredovisningen är inte granskad till både innehåll och ekonomi. Granska den först.',
    en: 'The final report is not inspected in both substance and finances. Have it inspected first.',
  },
  'grant-hearing-exists': {
    fi: 'Kuuleminen {hearing} on jo avattu. Anna uudelle oma tunnus.',
    sv: 'Hörandet {hearing} har redan inletts. Ge det nya ett eget id.',
    en: 'There is a hearing {hearing} already. Give the new one an id of its own.',
  },
  'grantee-not-heard': {
    fi: 'Avustuksen saajaa ei ole kuultu tästä: kuulemista {hearing} ei ole. Avaa kuuleminen ensin.',
    sv: 'Understödstagaren har inte hörts om detta: hörandet {hearing} finns inte. Inled hörandet först.',
    en: 'The grantee was not heard on this: there is no such hearing {hearing}. Open one first.',
  },
  'grantee-still-heard': {
    fi: 'Avustuksen saajalla on {due} asti aikaa lausua. Odota lausumaa tai päivän päättymistä.',
    sv: 'Understödstagaren har tid att yttra sig till {due}. Vänta på yttrandet eller på att dagen går ut.',
    en: 'The grantee has until {due} to be heard. Wait for the statement, or for the end of that day.',
  },
  'rectification-exists': {
    fi: 'Oikaisuvaatimus {request} on jo kirjattu. Anna uudelle oma tunnus.',
    sv: 'Omprövningsbegäran {request} är redan antecknad. Ge den nya ett eget id.',
    en: 'There is a request for rectification {request} already. Give the new one an id of its own.',
  },
  'rectification-by-registrar': {
    fi: 'Muulla tavoin saapuneen oikaisuvaatimuksen päivän antaa kirjaaja. Jätä päivä pois.',
    sv: 'Dagen för en begäran som kommit på annat sätt anges av registratorn. Utelämna dagen.',
    en: 'The day of what came another way is given by the registrar. Leave it out.',
  },
  'rectification-not-open': {
    fi: 'Oikaisuvaatimusta {request} ei ole ratkaistavana. Tarkista tunnus.',
    sv: 'Omprövningsbegäran {request} väntar inte på avgörande. Kontrollera id:t.',
    en: 'There is no request for rectification {request} to be decided. Check its id.',
  },
  'rectification-late': {
    fi: 'Oikaisuvaatimus tuli myöhässä, joten se voidaan vain jättää tutkimatta.',
    sv: 'Begäran om omprövning kom för sent och kan bara lämnas utan prövning.',
    en: 'The request came late: it can only be found inadmissible.',
  },
  'rectification-without-correction': {
    fi: 'Oikaisu muuttaa päätöstä, mutta päätöstä ei ole korjattu. Korjaa päätös ensin oikaisun perusteella.',
    sv: 'Omprövningen ändrar beslutet, men beslutet är inte rättat. Rätta först beslutet på grund av omprövning.',
    en: 'The rectification changes the decision, but that is not corrected. Correct it first, on the ground of rectification.',
  },
  'appeal-exists': {
    fi: 'Valitus {appeal} on jo kirjattu. Anna uudelle oma tunnus.',
    sv: 'Besväret {appeal} är redan antecknat. Ge det nya ett eget id.',
    en: 'There is an appeal {appeal} already. Give the new one an id of its own.',
  },
  'appeal-before-rectification': {
    fi: 'Päätökseen vaaditaan ensin oikaisua, ja valitus tehdään oikaisupäätöksestä. Odota oikaisupäätöstä.',
    sv: 'Omprövning begärs först, och besvär anförs över omprövningsbeslutet. Vänta på det.',
    en: 'Rectification comes first, and one appeals against the decision on it. Wait for that decision.',
  },
  'appeal-late': {
    fi: 'Valitus olisi pitänyt tehdä viimeistään {appealBy}.',
    sv: 'Besvär borde ha anförts senast {appealBy}.',
    en: 'The appeal was to be lodged by {appealBy}.',
  },
  'appeal-not-open': {
    fi: 'Valitusta {appeal} ei ole ratkaistavana. Tarkista tunnus.',
    sv: 'Besväret {appeal} väntar inte på avgörande. Kontrollera id:t.',
    en: 'There is no appeal {appeal} to be decided. Check its id.',
  },
  'not-final-yet': {
    fi: 'Päätös ei ole vielä lainvoimainen: muutoksenhakuaika kuluu tai muutoksenhaku on kesken.',
    sv: 'Beslutet har inte vunnit laga kraft än: tiden för ändringssökande löper eller ett ändringssökande pågår.',
    en: 'The decision is not final yet: it can still be contested, or is.',
  },
  'payments-under-way': {
    fi: 'Päätetty maksu on vielä matkalla. Odota, että se vahvistetaan tai hylätään.',
    sv: 'En beslutad betalning är ännu på väg. Vänta tills den bekräftas eller avvisas.',
    en: 'A payment that was decided is still under way. Wait until it is confirmed or rejected.',
  },
  'settlement-unpaid': {
    fi: 'Avustuksesta on vielä maksamatta {amount:euros} euroa. Maksa se ensin.',
    sv: 'Av understödet är ännu {amount:euros} euro obetalda. Betala dem först.',
    en: '{amount:euros} euros of the grant are still to be paid. Pay them first.',
  },
  'recovery-open': {
    fi: 'Takaisinperintä on kesken. Odota maksua tai luovu perinnästä perustellen.',
    sv: 'Ett återkrav pågår. Vänta på betalningen eller efterskänk det med motivering.',
    en: 'A recovery is open. Wait for the money, or waive it with reasons.',
  },
  'settlement-unrecovered': {
    fi: 'Avustusta on maksettu {amount:euros} euroa liikaa. Peri se takaisin, ota palautus vastaan tai luovu perinnästä.',
    sv: 'Av understödet har {amount:euros} euro för mycket betalats ut. Återkräv det, ta emot en återbetalning eller efterskänk det.',
    en: '{amount:euros} euros too much are paid. Recover them, have them repaid, or waive them.',
  },
  'closing-unsettled': {
    fi: 'Avustuksen lopullista määrää ei ole vahvistettu. Vahvista se ensin.',
    sv: 'Understödets slutliga belopp är inte fastställt. Fastställ det först.',
    en: 'The grant is not settled. Settle it first.',
  },
  'payment-exists': {
    fi: 'Maksu {payment} on jo pyydetty. Anna uudelle oma tunnus.',
    sv: 'Betalningen {payment} har redan begärts. Ge den nya ett eget id.',
    en: 'The payment {payment} was requested already. Give the new one an id of its own.',
  },
  'payment-zero': {
    fi: 'Määrän on oltava suurempi kuin nolla.',
    sv: 'Beloppet måste vara större än noll.',
    en: 'An amount must be more than zero.',
  },
  'instalment-unknown': {
    fi: 'Päätöksen maksusuunnitelmassa ei ole erää {instalment}. Tarkista erä.',
    sv: 'I beslutets betalningsplan finns ingen post {instalment}. Kontrollera posten.',
    en: 'The payment plan of the decision has no instalment {instalment}. Check it.',
  },
  'payment-not-requested': {
    fi: 'Maksua {payment} ei ole pyydetty, tai siitä on jo päätetty. Tarkista tunnus.',
    sv: 'Betalningen {payment} är inte begärd, eller så är den redan beslutad. Kontrollera id:t.',
    en: 'The payment {payment} is not requested, or is decided already. Check its id.',
  },
  'payment-too-large': {
    fi: 'Maksu {amount:euros} euroa on enemmän kuin voidaan maksaa, {largest:euros} euroa. Päätä enintään siitä.',
    sv: 'Betalningen {amount:euros} euro är mer än vad som kan betalas, {largest:euros} euro. Besluta om högst det.',
    en: 'A payment of {amount:euros} euros is more than the {largest:euros} euros that can be paid. Decide on that at most.',
  },
  'final-payment-before-inspection': {
    fi: 'Viimeinen erä maksetaan vasta, kun loppuselvityksen sisältö ja talous on tarkastettu. Tarkastakaa loppuselvitys ensin.',
    sv: 'Den sista posten betalas först när slutredovisningens innehåll och ekonomi är granskade. Granska slutredovisningen först.',
    en: 'The last instalment is paid only after substance and finances of the final report are inspected. Have them inspected first.',
  },
  'payments-suspended': {
    fi: 'Maksaminen on keskeytetty. Jatka maksamista ensin.',
    sv: 'Utbetalningen är avbruten. Återuppta den först.',
    en: 'Payments are suspended. Resume them first.',
  },
  'payments-terminated': {
    fi: 'Maksaminen on lopetettu, eikä avustusta enää makseta.',
    sv: 'Utbetalningen har upphört, och inget mer betalas av understödet.',
    en: 'Payments were terminated: nothing more of the grant is paid.',
  },
  'payment-not-decided': {
    fi: 'Maksusta {payment} ei ole päätetty. Odota maksatuspäätöstä.',
    sv: 'Betalningen {payment} är inte beslutad. Vänta på beslutet.',
    en: 'The payment {payment} is not decided. Wait for the decision.',
  },
  'payment-in-batch': {
    fi: 'Maksu {payment} on maksuaineistossa {batch} ja lähtee sen mukana. Peru aineisto ensin, jos maksu lähetetään muuten.',
    sv: 'Betalningen {payment} ingår i betalningsomgången {batch} och sänds med den. Annullera omgången först om betalningen sänds på annat sätt.',
    en: 'The payment {payment} is in the batch {batch} and leaves with it. Cancel the batch first if it is sent another way.',
  },
  'payment-sender-decided': {
    fi: 'Olet päättänyt maksusta, joten et voi lähettää sitä. Siirrä lähettäminen toiselle.',
    sv: 'Du har beslutat om betalningen och kan inte sända den. Överför sändandet till en annan.',
    en: 'You decided on the payment and cannot send it. Hand the sending to somebody else.',
  },
  'payment-not-sent': {
    fi: 'Maksua {payment} ei ole lähetetty, tai sen tulos on jo kirjattu. Tarkista tunnus.',
    sv: 'Betalningen {payment} är inte sänd, eller så är dess utfall redan antecknat. Kontrollera id:t.',
    en: 'The payment {payment} was not sent, or what came of it is recorded already. Check its id.',
  },
  'payment-not-confirmed': {
    fi: 'Maksua {payment} ei ole vahvistettu maksetuksi, joten siitä ei voi periä takaisin.',
    sv: 'Betalningen {payment} är inte bekräftad som betald, så inget av den kan återkrävas.',
    en: 'The payment {payment} is not confirmed as paid: nothing of it can be recovered.',
  },
  'repayment-exists': {
    fi: 'Palautus {repayment} on jo kirjattu. Anna uudelle oma tunnus.',
    sv: 'Återbetalningen {repayment} är redan antecknad. Ge den nya ett eget id.',
    en: 'The repayment {repayment} is recorded already. Give the new one an id of its own.',
  },
  'repayment-too-large': {
    fi: 'Palautus {amount:euros} euroa on enemmän kuin saajalla on maksettua avustusta, {largest:euros} euroa. Tarkista määrä.',
    sv: 'Återbetalningen {amount:euros} euro är mer än det utbetalda understöd som mottagaren har, {largest:euros} euro. Kontrollera beloppet.',
    en: 'A repayment of {amount:euros} euros is more than the {largest:euros} euros that the grantee has been paid. Check it.',
  },
  'recovery-exists': {
    fi: 'Takaisinperintä {recovery} on jo päätetty. Anna uudelle oma tunnus.',
    sv: 'Återkravet {recovery} är redan beslutat. Ge det nya ett eget id.',
    en: 'There is a recovery {recovery} already. Give the new one an id of its own.',
  },
  'recovery-parts': {
    fi: 'Takaisinperinnässä on nimettävä vähintään yksi maksu, ja kukin kerran.',
    sv: 'Ett återkrav ska nämna minst en betalning, och varje betalning en gång.',
    en: 'A recovery names at least one payment, and each once.',
  },
  'recovery-too-large': {
    fi: 'Takaisin perittävä {amount:euros} euroa on nolla tai enemmän kuin voidaan periä, {largest:euros} euroa. Tarkista määrä.',
    sv: 'Återkravet {amount:euros} euro är noll eller mer än vad som kan återkrävas, {largest:euros} euro. Kontrollera beloppet.',
    en: 'A recovery of {amount:euros} euros is zero, or more than the {largest:euros} euros that can be recovered. Check it.',
  },
  'recovery-settled': {
    fi: 'Takaisinperinnästä {recovery} ei ole mitään avoinna, joten sen eräpäivää ei voi oikaista.',
    sv: 'Av återkravet {recovery} är ingenting öppet, och dess förfallodag kan därför inte rättas.',
    en: 'Nothing of the recovery {recovery} is open, so its due day cannot be corrected.',
  },
  'recovery-unknown': {
    fi: 'Takaisinperintää {recovery} ei ole. Tarkista tunnus.',
    sv: 'Återkravet {recovery} finns inte. Kontrollera id:t.',
    en: 'There is no recovery {recovery}. Check its id.',
  },
  'recovery-over-open': {
    fi: 'Määrä {amount:euros} euroa on nolla tai enemmän kuin takaisinperinnästä on avoinna, {open:euros} euroa. Tarkista määrä.',
    sv: 'Beloppet {amount:euros} euro är noll eller mer än vad som är öppet av återkravet, {open:euros} euro. Kontrollera beloppet.',
    en: 'An amount of {amount:euros} euros is zero, or more than the {open:euros} euros that are open of the recovery. Check it.',
  },
  'interest-rate-unknown': {
    fi: 'Korkoa ei voi laskea: päivälle {day} ei ole viitekorkoa tai lisäkorkoa. Kirjaa julkaistu korko ensin.',
    sv: 'Räntan kan inte räknas: för {day} finns ingen referensränta eller tilläggsränta. Anteckna den publicerade räntan först.',
    en: 'Interest cannot be counted: there is no rate, or no addition to it, for {day}. Record the published one first.',
  },
});
