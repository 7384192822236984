import { refusals } from '#kernel/refused';

export const { texts: allocationRefusals, refuse } = refusals({
  'appropriation-set': {
    fi: 'Haulle on jo varattu määräraha. Muuta sitä perustellen.',
    sv: 'Ett anslag har redan reserverats för utlysningen. Ändra det med en motivering.',
    en: 'An appropriation is reserved for the call already. Adjust it, with a reason.',
  },
  'appropriation-not-set': {
    fi: 'Haulle ei ole vielä varattu määrärahaa. Varaa se ensin.',
    sv: 'Inget anslag har reserverats för utlysningen än. Reservera det först.',
    en: 'No appropriation is reserved for the call yet. Reserve it first.',
  },
  'appropriation-zero': {
    fi: 'Määrärahan on oltava suurempi kuin nolla.',
    sv: 'Anslaget måste vara större än noll.',
    en: 'An appropriation must be more than zero.',
  },
  'allocation-call-unknown': {
    fi: 'Hakua {call} ei ole. Suunnittele haku ennen kuin varaat sille määrärahan.',
    sv: 'Utlysningen {call} finns inte. Planera den innan du reserverar ett anslag.',
    en: 'There is no call {call}. Plan the call before you reserve money for it.',
  },
  'allocation-call-cancelled': {
    fi: 'Haku {call} on peruttu, joten sen määrärahaa ei voi muuttaa.',
    sv: 'Utlysningen {call} har dragits tillbaka, så dess anslag kan inte ändras.',
    en: 'The call {call} was cancelled, so its appropriation cannot be changed.',
  },
  'appropriation-below-committed': {
    fi: 'Määräraha {amount:euros} euroa olisi pienempi kuin jo myönnetyt {committed:euros} euroa. Anna vähintään myönnetty määrä.',
    sv: 'Anslaget {amount:euros} euro vore mindre än de redan beviljade {committed:euros} euro. Ange minst det beviljade beloppet.',
    en: 'An appropriation of {amount:euros} euros would be less than the {committed:euros} euros that are granted. Give at least what is granted.',
  },
  'appropriation-exceeded': {
    fi: 'Päätös veisi {amount:euros} euroa, mutta haun määrärahasta on jäljellä {left:euros} euroa. Myönnä vähemmän tai muuta ensin määrärahaa.',
    sv: 'Beslutet skulle ta {amount:euros} euro i anspråk, men av anslaget återstår {left:euros} euro. Bevilja mindre eller ändra först anslaget.',
    en: 'The decision would take {amount:euros} euros, but {left:euros} euros are left of the appropriation. Grant less, or adjust the appropriation first.',
  },
  'decision-case-number-not-its-own': {
    fi: 'Asianumero {caseNumber} ei ole tämän hakemuksen. Jätä se pois, niin päätös saa hakemuksen numeron, tai kirjaa numero ensin hakemukselle.',
    sv: 'Ärendenumret {caseNumber} hör inte till denna ansökan. Utelämna det, så får beslutet ansökans nummer, eller anteckna numret först på ansökan.',
    en: 'The case number {caseNumber} is not that of this application. Leave it out, and the decision has the number of the application; or record the number for the application first.',
  },
  'already-decided': {
    fi: 'Hakemuksesta {application} on jo päätetty. Korjaa päätöstä tai käsittele oikaisuvaatimus.',
    sv: 'Ansökan {application} är redan avgjord. Rätta beslutet eller behandla en begäran om omprövning.',
    en: 'The application {application} is decided already. Correct the decision, or decide on a request for rectification.',
  },
  'decision-unknown': {
    fi: 'Hakemuksesta {application} ei ole päätöstä. Tarkista tunnus.',
    sv: 'Det finns inget beslut om ansökan {application}. Kontrollera id:t.',
    en: 'There is no decision on the application {application}. Check its id.',
  },
  'decision-application-unknown': {
    fi: 'Hakemusta {application} ei ole jätetty, joten siitä ei voi päättää. Tarkista tunnus.',
    sv: 'Ansökan {application} är inte inlämnad och kan inte avgöras. Kontrollera id:t.',
    en: 'No application {application} was submitted that could be decided. Check its id.',
  },
  'decision-application-withdrawn': {
    fi: 'Hakemus on peruutettu, joten siitä ei voi päättää.',
    sv: 'Ansökan har återtagits och kan inte avgöras.',
    en: 'The application was withdrawn and cannot be decided.',
  },
  'decision-not-proposed': {
    fi: 'Hakemuksesta ei ole päätösehdotusta. Pyydä esittelijää esittelemään päätös ensin.',
    sv: 'Det finns inget förslag till beslut om ansökan. Be föredraganden lägga fram ett först.',
    en: 'No decision on the application is proposed. Have a presenter propose one first.',
  },
  'decision-application-moved': {
    fi: 'Hakemus on muuttunut sen jälkeen, kun luit sen: luit sen muutoksen {seen} jälkeen, ja ehdotus on muutos {proposed}. Lue hakemus ja uusi ehdotus, ja päätä sitten.',
    sv: 'Ansökan har ändrats sedan du läste den: du läste den efter ändring {seen}, och förslaget är ändring {proposed}. Läs ansökan och det nya förslaget, och besluta sedan.',
    en: 'The application has moved since you read it: you read revision {seen}, and the proposal is of revision {proposed}. Read it and its new proposal, then decide.',
  },
  'decider-presented': {
    fi: 'Olet esitellyt päätöksen, joten et voi ratkaista sitä. Siirrä ratkaisu toiselle.',
    sv: 'Du har föredragit beslutet och kan inte fatta det. Överför avgörandet till en annan.',
    en: 'You presented the decision and cannot take it. Hand it to another decider.',
  },
  'decider-disqualified': {
    fi: 'Olet esteellinen tässä asiassa, joten et voi ratkaista sitä. Siirrä ratkaisu toiselle.',
    sv: 'Du är jävig i detta ärende och kan inte avgöra det. Överför avgörandet till en annan.',
    en: 'You are disqualified in this matter and cannot decide it. Hand it to another decider.',
  },
  'presenter-disqualified': {
    fi: 'Esittelijä on esteellinen tässä asiassa. Peru ehdotus ja pyydä toista esittelijää esittelemään päätös.',
    sv: 'Föredraganden är jävig i detta ärende. Dra tillbaka förslaget och be en annan föredragande lägga fram ett.',
    en: 'The presenter is disqualified in this matter. Have the proposal withdrawn, and another presenter propose.',
  },
  'decision-case-number-missing': {
    fi: 'Päätöksellä ei ole asianumeroa, koska hakemusta ei ole kirjattu. Anna asianumero tai pyydä kirjaajaa kirjaamaan hakemus.',
    sv: 'Beslutet saknar ärendenummer, eftersom ansökan inte är registrerad. Ange ärendenumret eller be registratorn registrera ansökan.',
    en: 'The decision has no case number, for the application is not registered. Give it, or have the registrar register the application.',
  },
  'decision-inadmissible-only': {
    fi: 'Hakemus saapui myöhässä tai sen hakija ei voi hakea, joten se voidaan vain jättää tutkimatta.',
    sv: 'Ansökan kom in för sent eller sökanden kan inte söka, och den kan därför bara lämnas utan prövning.',
    en: 'The application came late or from who may not apply: it can only be found inadmissible.',
  },
  'decision-amount-missing': {
    fi: 'Myönteisessä päätöksessä on oltava nollaa suurempi määrä. Anna myönnettävä määrä.',
    sv: 'I ett beslut om beviljande ska det finnas ett belopp som är större än noll. Ange beloppet.',
    en: 'A decision to grant needs an amount of more than zero. Give the amount.',
  },
  'decision-amount-without-grant': {
    fi: 'Määrä, osuus ja maksusuunnitelma annetaan vain, kun avustus myönnetään. Jätä ne pois.',
    sv: 'Belopp, andel och betalningsplan anges endast när understöd beviljas. Utelämna dem.',
    en: 'Amount, share and payment plan are given only where a grant is. Leave them out.',
  },
  'decision-figures-missing': {
    fi: 'Hakemuksen kustannuksia ja haettua määrää ei tiedetä, joten avustusta ei voi myöntää. Pyydä täydennystä.',
    sv: 'Ansökans kostnader och det sökta beloppet är inte kända, och understöd kan därför inte beviljas. Begär komplettering.',
    en: 'The costs and the amount applied for are not known, so that nothing can be granted. Ask for a supplement.',
  },
  'decision-share-too-large': {
    fi: 'Osuus {share} sadasosaprosenttia on suurempi kuin haun suurin osuus {largest}. Anna enintään se.',
    sv: 'Andelen {share} hundradels procent är större än utlysningens största andel {largest}. Ange högst den.',
    en: 'The share of {share} basis points is more than the call’s largest of {largest}. Give that at most.',
  },
  'decision-amount-too-large': {
    fi: 'Määrä {amount:euros} euroa on enemmän kuin voidaan myöntää: enintään haettu määrä ja osuus kustannuksista, {largest:euros} euroa.',
    sv: 'Beloppet {amount:euros} euro är mer än vad som kan beviljas: högst det sökta beloppet och andelen av kostnaderna, {largest:euros} euro.',
    en: 'The amount of {amount:euros} euros is more than can be granted: at most what is applied for and the share of the costs, {largest:euros} euros.',
  },
  'decision-purpose-missing': {
    fi: 'Myönteisessä päätöksessä on sanottava käyttötarkoitus. Anna se.',
    sv: 'I ett beslut om beviljande ska användningsändamålet anges. Ange det.',
    en: 'A decision to grant says the purpose of the grant. Give it.',
  },
  'decision-period-missing': {
    fi: 'Myönteisessä päätöksessä on sanottava käyttöaika, eikä haku sano sitä. Anna se.',
    sv: 'I ett beslut om beviljande ska användningstiden anges, och utlysningen anger den inte. Ange den.',
    en: 'A decision to grant says the period of use, and the call does not. Give it.',
  },
  'decision-period-reversed': {
    fi: 'Käyttöaika alkaa {from} ja päättyisi sitä ennen, {to}. Tarkista päivät.',
    sv: 'Användningstiden börjar {from} och skulle sluta före det, {to}. Kontrollera dagarna.',
    en: 'The period of use begins on {from} and would end before, on {to}. Check the days.',
  },
  'decision-period-before-closing': {
    fi: 'Käyttöaika alkaa {from}, mutta haku päättyi vasta {closes}. Anna käyttöaika, joka alkaa haun päätyttyä.',
    sv: 'Användningstiden börjar {from}, men utlysningen stängdes först {closes}. Ange en användningstid som börjar när utlysningen har stängts.',
    en: 'The period of use begins on {from}, but the call closed only at {closes}. Give a period that begins after the call has closed.',
  },
  'instalment-twice': {
    fi: 'Maksuerä {instalment} on suunnitelmassa kahdesti. Anna kullekin erälle oma tunnus.',
    sv: 'Posten {instalment} finns två gånger i planen. Ge varje post ett eget id.',
    en: 'The instalment {instalment} is planned twice. Give each a key of its own.',
  },
  'instalments-without-weight': {
    fi: 'Maksuerillä ei ole painoja, joiden mukaan summan voisi jakaa. Anna vähintään yhdelle erälle paino.',
    sv: 'Posterna har inga vikter som beloppet kan fördelas efter. Ge minst en post en vikt.',
    en: 'The instalments have no weights by which the amount could be split. Give at least one of them a weight.',
  },
  'decision-language-twice': {
    fi: 'Kieli {language} on päätöksessä kahdesti. Jätä toinen pois.',
    sv: 'Språket {language} finns två gånger i beslutet. Utelämna det ena.',
    en: 'The language {language} is twice in the decision. Leave one of them out.',
  },
  'departure-unsaid': {
    fi: 'Päätös poikkeaa ehdotuksesta. Sano, miksi.',
    sv: 'Beslutet avviker från förslaget. Ange varför.',
    en: 'The decision departs from its proposal. Say why.',
  },
  'departure-from-nothing': {
    fi: 'Päätös on sama kuin ehdotus, joten poikkeamiselle ei ole syytä. Jätä se pois.',
    sv: 'Beslutet är detsamma som förslaget, så det finns ingen avvikelse att motivera. Utelämna den.',
    en: 'The decision is what was proposed: there is no departure to give a reason for. Leave it out.',
  },
  'dissent-by-presenter': {
    fi: 'Eriävän mielipiteen voi jättää vain päätöksen esittelijä.',
    sv: 'Avvikande mening kan anmälas endast av den som föredragit beslutet.',
    en: 'Only who presented a decision can dissent from it.',
  },
  'dissented-already': {
    fi: 'Päätökseen on jo jätetty eriävä mielipide, eikä sitä muuteta.',
    sv: 'En avvikande mening har redan anmälts och ändras inte.',
    en: 'The presenter has dissented already; that is not changed.',
  },
  'decision-day-far-away': {
    fi: 'Päätöksen päivä {day} on yli {days} päivän päässä. Jos se on oikein, lähetä komento uudelleen niin, että isFarDayMeant on true.',
    sv: 'Dagen {day} i beslutet ligger mer än {days} dagar bort. Om den är rätt, skicka kommandot på nytt med isFarDayMeant som true.',
    en: 'The day {day} in the decision is more than {days} days away. If it is meant, send the command again with isFarDayMeant as true.',
  },
  'correction-turns-decision': {
    fi: 'Ratkaisua ei voi kääntää korjauksella: kielteinen muuttuu myönteiseksi vain oikaisun tai tuomioistuimen päätöksen johdosta, ja myönnettyä avustusta pienennetään.',
    sv: 'Ett avgörande kan inte vändas genom rättelse: ett avslag blir ett beviljande endast genom omprövning eller domstolsbeslut, och ett beviljat understöd minskas.',
    en: 'A correction does not turn a decision: a refusal becomes a grant by rectification or a court’s decision only, and a grant is reduced.',
  },
  'correction-lowers': {
    fi: 'Määrä {amount:euros} euroa on pienempi kuin päätetty {decided:euros} euroa. Pienennä avustusta, jotta jo maksettua ei aliteta.',
    sv: 'Beloppet {amount:euros} euro är mindre än det beslutade {decided:euros} euro. Minska understödet, så att det inte understiger det utbetalda.',
    en: 'The amount of {amount:euros} euros is less than the {decided:euros} euros decided. Reduce the grant, so that it never falls below what is paid.',
  },
  'correction-after-release': {
    fi: 'Avustuksesta on jo palautunut rahaa määrärahaan, joten sen määrää ei enää koroteta.',
    sv: 'Medel av understödet har redan återgått till anslaget, och beloppet höjs därför inte längre.',
    en: 'Money of the grant has returned to the appropriation already: its amount is raised no more.',
  },
  'return-too-large': {
    fi: 'Määrärahaan palautuisi {amount:euros} euroa, mutta päätös sitoo vain {committed:euros} euroa.',
    sv: 'Till anslaget skulle {amount:euros} euro återgå, men beslutet binder bara {committed:euros} euro.',
    en: '{amount:euros} euros would return to the appropriation, but the decision binds only {committed:euros} euros.',
  },
});
