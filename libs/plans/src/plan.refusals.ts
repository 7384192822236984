import { refusals, type Terms } from '#kernel/refused';
import { regions } from '#kernel/region';
import type { PlanSection } from './plan.events.js';

const sections = {
  objectives: { fi: 'tavoitteet', sv: 'mål', en: 'objectives' },
  network: { fi: 'verkosto', sv: 'nätverk', en: 'network' },
  'needs-and-supply': { fi: 'tarve ja tarjonta', sv: 'behov och utbud', en: 'needs and supply' },
  communication: { fi: 'viestintä', sv: 'kommunikation', en: 'communication' },
  evaluation: { fi: 'arviointi', sv: 'utvärdering', en: 'evaluation' },
  continuity: { fi: 'jatkuvuus', sv: 'kontinuitet', en: 'continuity' },
  budget: { fi: 'talousarvio', sv: 'budget', en: 'budget' },
  schedule: { fi: 'aikataulu', sv: 'tidsplan', en: 'schedule' },
} satisfies Record<PlanSection, Terms[string][string]>;

export const { texts: planRefusals, refuse } = refusals({
  'plan-call-unknown': {
    fi: 'Julkaistua hakua {call} ei ole. Tarkista tunnus.',
    sv: 'Det finns ingen publicerad utlysning {call}. Kontrollera id:t.',
    en: 'There is no published call {call}. Check its id.',
  },
  'plan-call-cancelled': {
    fi: 'Haku {call} on peruttu, joten sen hankesuunnitelmia ei voi enää käsitellä.',
    sv: 'Utlysningen {call} har dragits tillbaka och dess projektplaner kan därför inte längre behandlas.',
    en: 'The call {call} was cancelled, so its plans cannot be worked on any more.',
  },
  'plan-call-closed': {
    fi: 'Hakuaika päättyi {closes}, joten uutta hankesuunnitelmaa ei voi enää laatia.',
    sv: 'Ansökningstiden gick ut {closes}. Därefter kan ingen ny projektplan göras upp.',
    en: 'The call closed at {closes}, so no new plan can be drafted any more.',
  },
  'plan-exists': {
    fi: 'Hankesuunnitelma on jo laadittu tähän hakuun. Laadi siitä uusi versio.',
    sv: 'En projektplan har redan gjorts upp för utlysningen. Gör en ny version av den.',
    en: 'A plan was drafted for this call already. Make a new version of it.',
  },
  'plan-unknown': {
    fi: 'Hankesuunnitelmaa ei ole. Tarkista haku, maakunta ja hakija tai laadi luonnos.',
    sv: 'Projektplanen finns inte. Kontrollera utlysningen, landskapet och sökanden eller gör upp ett utkast.',
    en: 'There is no such plan. Check the call, the region and the applicant, or draft one.',
  },
  'plan-final': {
    fi: 'Hankesuunnitelma on valmis (versio {version}), joten sitä ei voi enää muuttaa eikä kommentoida. Saatuihin kommentteihin voi yhä vastata.',
    sv: 'Projektplanen är färdig (version {version}) och kan inte längre ändras eller kommenteras. Kommentarer som redan har lämnats kan ännu besvaras.',
    en: 'The plan is final (version {version}) and can neither be changed nor commented on any more. Comments that were made can still be answered.',
  },
  'plan-not-final': {
    fi: 'Tavoitteiden toteutumista voi arvioida vasta, kun hankesuunnitelma on valmis.',
    sv: 'Måluppfyllelsen kan bedömas först när projektplanen är färdig.',
    en: 'Progress can be assessed only once the plan is final.',
  },
  'plan-empty': {
    fi: 'Hankesuunnitelmassa on oltava vähintään yksi osio. Kirjoita se ensin.',
    sv: 'Projektplanen måste ha minst ett avsnitt. Skriv det först.',
    en: 'A plan has one section at least. Write it first.',
  },
  'plan-incomplete': {
    fi: 'Hankesuunnitelmasta puuttuu osioita: {missing}. Kirjoita ne ja yritä uudelleen.',
    sv: 'Avsnitt saknas i projektplanen: {missing}. Skriv dem och försök på nytt.',
    en: 'The plan lacks sections: {missing}. Write them and try again.',
    terms: { missing: sections },
  },
  'section-twice': {
    fi: 'Osio ”{section}” on annettu kahdesti. Anna se kerran: joko uutena tekstinä tai poistettavana.',
    sv: 'Avsnittet ”{section}” har angetts två gånger. Ange det en gång: antingen med ny text eller som borttaget.',
    en: 'The section “{section}” is given twice. Give it once: written anew or taken out.',
    terms: { section: sections },
  },
  'section-for-pilots': {
    fi: 'Osio ”{section}” koskee vain pilotteja. Jätä se pois.',
    sv: 'Avsnittet ”{section}” gäller endast piloter. Utelämna det.',
    en: 'The section “{section}” is for pilots only. Leave it out.',
    terms: { section: sections },
  },
  'applicant-needed': {
    fi: 'Tässä haussa on yksi hakemus hakijaa kohti. Kerro, kenen hankesuunnitelma tämä on.',
    sv: 'Utlysningen har en ansökan per sökande. Ange vems projektplan det är.',
    en: 'This call has one application per applicant. Say whose plan it is.',
  },
  'applicant-not-taken': {
    fi: 'Tässä haussa on yksi hakemus maakuntaa kohti. Jätä hakija pois.',
    sv: 'Utlysningen har en ansökan per landskap. Ange ingen sökande.',
    en: 'This call has one application per region. Leave the applicant out.',
  },
  'applicant-not-of-region': {
    fi: 'Hakija {applicant} ei rekisterin mukaan toimi nyt annetussa maakunnassa ({region}). Tarkista hakijan tunnus.',
    sv: 'Enligt registret verkar sökanden {applicant} inte nu i det angivna landskapet ({region}). Kontrollera sökandens id.',
    en: 'By the register the applicant {applicant} does not work in the region given ({region}) now. Check the applicant’s id.',
    terms: { region: regions },
  },
  'version-not-latest': {
    fi: 'Hankesuunnitelman viimeisin versio on {latest}, ei {version}. Lue se ja toimi sen mukaan.',
    sv: 'Projektplanens senaste version är {latest}, inte {version}. Läs den och agera utifrån den.',
    en: 'The latest version of the plan is {latest}, not {version}. Read it and act on that.',
  },
  'version-not-submitted': {
    fi: 'Versiota {version} ei ole lähetetty kommentoitavaksi. Kommentoi versiota, joka on lähetetty.',
    sv: 'Version {version} har inte sänts för kommentering. Kommentera en version som har sänts.',
    en: 'Version {version} has not been submitted for comment. Comment on a version that has been.',
  },
  'version-resolves-nothing': {
    fi: 'Versio {version} ei ole vastaus version {commented} kommenttiin. Anna myöhempi versio, joka on olemassa (viimeisin on {latest}), tai perustele, miksi kommenttia ei oteta huomioon.',
    sv: 'Version {version} är inget svar på en kommentar till version {commented}. Ange en senare version som finns (den senaste är {latest}) eller motivera varför kommentaren inte beaktas.',
    en: 'Version {version} cannot resolve a comment on version {commented}. Give a later version that there is (the latest is {latest}), or say why the comment is not followed.',
  },
  'comment-window-missing': {
    fi: 'Haun ehdoissa ei ole kommentointiaikaa. Pyydä ministeriötä täydentämään ehtoja.',
    sv: 'Utlysningens villkor saknar en kommenteringstid. Be ministeriet komplettera villkoren.',
    en: 'The terms of the call have no comment window. Ask the ministry to complete them.',
  },
  'comment-window-not-open': {
    fi: 'Luonnoksia voi kommentoida vasta {opens} alkaen.',
    sv: 'Utkasten kan kommenteras först från {opens}.',
    en: 'Drafts can be commented on only from {opens}.',
  },
  'comment-window-closed': {
    fi: 'Luonnosten kommentointiaika päättyi {closes}. Hankesuunnitelman voi silti laatia valmiiksi.',
    sv: 'Tiden för kommentering av utkasten gick ut {closes}. Projektplanen kan ändå göras färdig.',
    en: 'The window for comments on drafts closed at {closes}. The plan can be finalised all the same.',
  },
  'comment-exists': {
    fi: 'Kommentti {comment} on jo annettu. Anna uudelle kommentille toinen tunnus.',
    sv: 'Kommentaren {comment} har redan lämnats. Ge den nya kommentaren ett annat id.',
    en: 'The comment {comment} was made already. Give the new comment another id.',
  },
  'comment-unknown': {
    fi: 'Kommenttia {comment} ei ole. Tarkista tunnus.',
    sv: 'Kommentaren {comment} finns inte. Kontrollera id:t.',
    en: 'There is no comment {comment}. Check its id.',
  },
  'comment-answered': {
    fi: 'Kommenttiin {comment} on jo vastattu. Vastausta ei voi muuttaa eikä kommenttia enää perua.',
    sv: 'Kommentaren {comment} har redan besvarats. Svaret kan inte ändras och kommentaren inte längre dras tillbaka.',
    en: 'The comment {comment} was answered already. The answer cannot be changed, nor the comment withdrawn any more.',
  },
  'comment-withdrawn': {
    fi: 'Virasto on perunut kommentin {comment}. Siihen ei tarvitse vastata.',
    sv: 'Myndigheten har dragit tillbaka kommentaren {comment}. Den behöver inte besvaras.',
    en: 'The agency withdrew the comment {comment}. It needs no answer.',
  },
  'answer-empty': {
    fi: 'Kerro, missä versiossa kommentti on otettu huomioon, tai kirjoita vastaus.',
    sv: 'Ange i vilken version kommentaren har beaktats eller skriv ett svar.',
    en: 'Give the version that resolves the comment, or write an answer.',
  },
  'concerns-unanswered': {
    fi: 'Vastaa ensin viraston huoliin: {comments}. Vastaukseksi riittää myös perustelu sille, ettei huolta oteta huomioon.',
    sv: 'Besvara först myndighetens farhågor: {comments}. Som svar räcker också en motivering till att farhågan inte beaktas.',
    en: 'Answer the agency’s concerns first: {comments}. Saying why a concern is not followed is an answer, too.',
  },
  'goal-unknown': {
    fi: 'Hankesuunnitelmassa ei ole tavoitetta {goal}. Tarkista tunnus.',
    sv: 'Projektplanen har inget mål {goal}. Kontrollera id:t.',
    en: 'The plan has no goal {goal}. Check its id.',
  },
  'assessment-in-future': {
    fi: 'Arvio koskee tulevaa päivää ({on}). Anna päivä, joka on jo alkanut.',
    sv: 'Bedömningen gäller en kommande dag ({on}). Ange en dag som redan har börjat.',
    en: 'The assessment is about a day to come ({on}). Give a day that has begun.',
  },
});
