import { streamCategory, streamKey } from '#kernel/envelope';
import { helsinkiClock, type Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { inLanguage, type Language, type LocalizedText } from '#kernel/localized-text';
import { filledText, type ErrorText } from '#kernel/refused';
import { regions, type RegionCode } from '#kernel/region';
import { lastInstant, precisionOf } from '#kernel/when';
import type { NotificationKind } from './notification.events.js';

/** What a message says: `{name}` of what it is about, `{deadline}`, `{region}`. It tells what to do next, and by when. */
interface Template {
  readonly subject: ErrorText;
  readonly text: ErrorText;
}

const supplementText: ErrorText = {
  fi: 'Ministeriö on pyytänyt täydennystä hakemukseenne valtionavustushaussa ”{name}” ({region}). Täydennys on ajoissa, kun se saapuu viimeistään {deadline}.\n\nLukekaa täydennyspyyntö rekisteristä ja vastatkaa siihen. Myöhässä saapunut täydennys kirjataan, mutta se ei muuta hakemusta.',
  sv: 'Ministeriet har begärt komplettering av er ansökan i utlysningen av statsunderstöd ”{name}” ({region}). Kompletteringen är i tid när den kommer in senast {deadline}.\n\nLäs begäran om komplettering i registret och besvara den. En försenad komplettering antecknas men ändrar inte ansökan.',
  en: 'The ministry has asked for a supplement to your application in the call for state grants “{name}” ({region}). It is in time if it arrives by {deadline}.\n\nRead the supplement request in the register and answer it. A late supplement is recorded, but it does not change the application.',
};

const hearingText: ErrorText = {
  fi: 'Ministeriö on varannut teille tilaisuuden lausua hakemuksestanne valtionavustushaussa ”{name}” ({region}). Lausuma on ajoissa, kun se saapuu viimeistään {deadline}.\n\nLukekaa rekisteristä, mitä kuuleminen koskee, ja antakaa lausuma. Asia voidaan ratkaista, vaikka lausumaa ei anneta.',
  sv: 'Ministeriet har gett er tillfälle att yttra er om er ansökan i utlysningen av statsunderstöd ”{name}” ({region}). Yttrandet är i tid när det kommer in senast {deadline}.\n\nLäs i registret vad hörandet gäller och lämna ett yttrande. Ärendet kan avgöras även om inget yttrande lämnas.',
  en: 'The ministry has given you an opportunity to be heard on your application in the call for state grants “{name}” ({region}). The statement is in time if it arrives by {deadline}.\n\nRead in the register what the hearing is about and give a statement. The matter can be decided though no statement is given.',
};

const templates: Readonly<Record<NotificationKind, Template>> = {
  'call-comment-window-ends': {
    subject: {
      fi: 'Muistutus: hankesuunnitelmaluonnosten kommentointi päättyy {deadline}',
      sv: 'Påminnelse: tiden för kommentering av utkasten till projektplaner går ut {deadline}',
      en: 'Reminder: commenting on drafts of project plans ends on {deadline}',
    },
    text: {
      fi: 'Valtionavustushaun ”{name}” hankesuunnitelmaluonnoksia kommentoidaan {deadline} asti ({region}).\n\nJos maakuntanne luonnosta ei ole vielä lähetetty kommentoitavaksi, lähettäkää se hyvissä ajoin ennen sitä. Jos siihen on saatu kommentteja, vastatkaa jokaiseen: korjatkaa luonnosta tai perustelkaa, miksi kommenttia ei oteta huomioon.',
      sv: 'Utkasten till projektplaner i utlysningen av statsunderstöd ”{name}” kommenteras till och med {deadline} ({region}).\n\nOm utkastet för ert landskap ännu inte har sänts för kommentering, sänd det i god tid före det. Om utkastet har fått kommentarer, besvara var och en av dem: ändra utkastet eller motivera varför kommentaren inte beaktas.',
      en: 'Drafts of project plans in the call for state grants “{name}” are commented on until {deadline} ({region}).\n\nIf the draft of your region has not been submitted for comment yet, submit it well before that. If it has been commented on, answer each of them: revise the draft, or say why the comment is not followed.',
    },
  },
  'call-applications-end': {
    subject: {
      fi: 'Muistutus: hakuaika päättyy {deadline}',
      sv: 'Påminnelse: ansökningstiden går ut {deadline}',
      en: 'Reminder: the application period ends on {deadline}',
    },
    text: {
      fi: 'Valtionavustushaun ”{name}” hakuaika päättyy {deadline} ({region}).\n\nTarkistakaa, että maakuntanne hankesuunnitelma ja hakemus ovat valmiit, ja pyytäkää allekirjoittajaa jättämään hakemus ennen määräajan päättymistä. Ratkaisevaa on hetki, jona hakemus saapuu.',
      sv: 'Ansökningstiden för utlysningen av statsunderstöd ”{name}” går ut {deadline} ({region}).\n\nKontrollera att projektplanen och ansökan för ert landskap är färdiga och be undertecknaren lämna in ansökan innan tidsfristen går ut. Avgörande är det ögonblick då ansökan kommer in.',
      en: 'The application period of the call for state grants “{name}” ends on {deadline} ({region}).\n\nSee that the project plan and the application of your region are ready, and ask the signatory to submit the application before the deadline. What decides is the instant at which it arrives.',
    },
  },
  'plan-commented': {
    subject: {
      fi: 'Virasto on kommentoinut hankesuunnitelmaluonnostanne',
      sv: 'Myndigheten har kommenterat ert utkast till projektplan',
      en: 'The agency has commented on the draft of your project plan',
    },
    text: {
      fi: 'Virasto on kommentoinut maakuntanne hankesuunnitelmaluonnosta valtionavustushaussa ”{name}” ({region}).\n\nLukekaa kommentit rekisteristä ja vastatkaa jokaiseen: kertokaa, missä versiossa kommentti on otettu huomioon, tai perustelkaa, miksi sitä ei oteta huomioon. Huoliin on vastattava, ennen kuin hankesuunnitelman voi merkitä valmiiksi. Hakuaika päättyy {deadline}.',
      sv: 'Myndigheten har kommenterat utkastet till projektplan för ert landskap i utlysningen av statsunderstöd ”{name}” ({region}).\n\nLäs kommentarerna i registret och besvara var och en: ange i vilken version kommentaren har beaktats eller motivera varför den inte beaktas. Farhågor måste besvaras innan projektplanen kan märkas som färdig. Ansökningstiden går ut {deadline}.',
      en: 'The agency has commented on the draft of your region’s project plan in the call for state grants “{name}” ({region}).\n\nRead the comments in the register and answer each of them: say which version resolves it, or why it is not followed. Concerns must be answered before the plan can be finalised. The application period ends on {deadline}.',
    },
  },
  'plan-comments-wait': {
    subject: {
      fi: 'Muistutus: viraston kommentit odottavat vastaustanne',
      sv: 'Påminnelse: myndighetens kommentarer väntar på ert svar',
      en: 'Reminder: comments of the agency wait for your answer',
    },
    text: {
      fi: 'Maakuntanne hankesuunnitelmaluonnoksessa valtionavustushaussa ”{name}” on kommentteja, joihin ei ole vastattu ({region}).\n\nLukekaa kommentit rekisteristä ja vastatkaa jokaiseen: kertokaa, missä versiossa kommentti on otettu huomioon, tai perustelkaa, miksi sitä ei oteta huomioon. Hakuaika päättyy {deadline}.',
      sv: 'I utkastet till projektplan för ert landskap i utlysningen av statsunderstöd ”{name}” finns obesvarade kommentarer ({region}).\n\nLäs kommentarerna i registret och besvara var och en: ange i vilken version kommentaren har beaktats eller motivera varför den inte beaktas. Ansökningstiden går ut {deadline}.',
      en: 'The draft of your region’s project plan in the call for state grants “{name}” has comments that were not answered ({region}).\n\nRead the comments in the register and answer each of them: say which version resolves it, or why it is not followed. The application period ends on {deadline}.',
    },
  },
  'application-in-draft': {
    subject: {
      fi: 'Muistutus: hakemuksenne on vielä luonnos, ja hakuaika päättyy {deadline}',
      sv: 'Påminnelse: er ansökan är ännu ett utkast och ansökningstiden går ut {deadline}',
      en: 'Reminder: your application is still a draft, and the application period ends on {deadline}',
    },
    text: {
      fi: 'Hakemuksenne valtionavustushaussa ”{name}” on vielä luonnos ({region}). Hakuaika päättyy {deadline}.\n\nTarkistakaa hakemus ja pyytäkää allekirjoittajaa jättämään se ennen määräajan päättymistä. Ratkaisevaa on hetki, jona hakemus saapuu: myöhässä saapunutta hakemusta ei voida tutkia.',
      sv: 'Er ansökan i utlysningen av statsunderstöd ”{name}” är ännu ett utkast ({region}). Ansökningstiden går ut {deadline}.\n\nKontrollera ansökan och be undertecknaren lämna in den innan tidsfristen går ut. Avgörande är det ögonblick då ansökan kommer in: en försenad ansökan kan inte prövas.',
      en: 'Your application in the call for state grants “{name}” is still a draft ({region}). The application period ends on {deadline}.\n\nCheck the application and ask the signatory to submit it before the deadline. What decides is the instant at which it arrives: a late application cannot be examined.',
    },
  },
  'supplement-requested': {
    subject: {
      fi: 'Ministeriö pyytää täydentämään hakemustanne viimeistään {deadline}',
      sv: 'Ministeriet begär komplettering av er ansökan senast {deadline}',
      en: 'The ministry asks you to supplement your application by {deadline}',
    },
    text: supplementText,
  },
  'supplement-due': {
    subject: {
      fi: 'Muistutus: hakemuksenne täydennys on annettava viimeistään {deadline}',
      sv: 'Påminnelse: er ansökan ska kompletteras senast {deadline}',
      en: 'Reminder: your application is to be supplemented by {deadline}',
    },
    text: supplementText,
  },
  'hearing-opened': {
    subject: {
      fi: 'Ministeriö kuulee teitä hakemuksestanne: lausuma viimeistään {deadline}',
      sv: 'Ministeriet hör er om er ansökan: yttrande senast {deadline}',
      en: 'The ministry hears you on your application: statement by {deadline}',
    },
    text: hearingText,
  },
  'statement-due': {
    subject: {
      fi: 'Muistutus: lausumanne on annettava viimeistään {deadline}',
      sv: 'Påminnelse: ert yttrande ska lämnas senast {deadline}',
      en: 'Reminder: your statement is to be given by {deadline}',
    },
    text: hearingText,
  },
  'grant-acceptance-due': {
    subject: {
      fi: 'Muistutus: valtionavustus on hyväksyttävä viimeistään {deadline}',
      sv: 'Påminnelse: statsunderstödet ska godkännas senast {deadline}',
      en: 'Reminder: the state grant is to be accepted by {deadline}',
    },
    text: {
      fi: 'Teille on myönnetty valtionavustus haussa ”{name}” ({region}). Se on hyväksyttävä viimeistään {deadline}.\n\nLukekaa päätös ehtoineen rekisteristä ja pyytäkää allekirjoittajaa hyväksymään avustus tai ilmoittamaan, ettei sitä oteta vastaan. Avustusta ei voi hyväksyä määräajan jälkeen, eikä siitä makseta mitään ennen hyväksymistä.',
      sv: 'Ni har beviljats statsunderstöd i utlysningen ”{name}” ({region}). Det ska godkännas senast {deadline}.\n\nLäs beslutet med dess villkor i registret och be undertecknaren godkänna understödet eller meddela att det inte tas emot. Understödet kan inte godkännas efter tidsfristen, och inget betalas före godkännandet.',
      en: 'You have been granted a state grant in the call “{name}” ({region}). It is to be accepted by {deadline}.\n\nRead the decision and its conditions in the register, and ask the signatory to accept the grant or to decline it. It cannot be accepted later, and nothing is paid before it is accepted.',
    },
  },
  'period-of-use-ends': {
    subject: {
      fi: 'Muistutus: valtionavustuksen käyttöaika päättyy {deadline}',
      sv: 'Påminnelse: användningstiden för statsunderstödet går ut {deadline}',
      en: 'Reminder: the period of use of the state grant ends on {deadline}',
    },
    text: {
      fi: 'Haussa ”{name}” myönnetyn valtionavustuksen käyttöaika päättyy {deadline} ({region}). Sen jälkeen syntyneet kulut eivät ole hyväksyttäviä.\n\nJos tarvitsette lisää aikaa, hakekaa muutosta hyvissä ajoin ennen sitä. Valmistautukaa antamaan loppuselvitys.',
      sv: 'Användningstiden för statsunderstödet i utlysningen ”{name}” går ut {deadline} ({region}). Kostnader som uppstår därefter är inte godtagbara.\n\nOm ni behöver mer tid, ansök om ändring i god tid före det. Förbered er på att lämna slutredovisningen.',
      en: 'The period of use of the state grant of the call “{name}” ends on {deadline} ({region}). Costs that are incurred later are not eligible.\n\nIf you need more time, ask for a change well before that. Prepare the final report.',
    },
  },
  'final-report-due': {
    subject: {
      fi: 'Muistutus: loppuselvitys on annettava viimeistään {deadline}',
      sv: 'Påminnelse: slutredovisningen ska lämnas senast {deadline}',
      en: 'Reminder: the final report is to be given by {deadline}',
    },
    text: {
      fi: 'Haussa ”{name}” myönnetyn valtionavustuksen loppuselvitys on annettava viimeistään {deadline} ({region}).\n\nKootkaa kulut riveittäin ja kumppaneittain, tulot ja tulokset, ja pyytäkää allekirjoittajaa antamaan selvitys. Viimeinen erä maksetaan vasta, kun selvitys on tarkastettu.',
      sv: 'Slutredovisningen av statsunderstödet i utlysningen ”{name}” ska lämnas senast {deadline} ({region}).\n\nSammanställ kostnaderna per rad och partner, inkomsterna och resultaten, och be undertecknaren lämna redovisningen. Den sista posten betalas först när redovisningen har granskats.',
      en: 'The final report on the state grant of the call “{name}” is to be given by {deadline} ({region}).\n\nGather the costs by line and partner, income and outputs, and ask the signatory to submit the report. The last instalment is paid only once the report has been inspected.',
    },
  },
  'appeal-time-ends': {
    subject: {
      fi: 'Muistutus: valitusaika päättyy {deadline}',
      sv: 'Påminnelse: besvärstiden går ut {deadline}',
      en: 'Reminder: the time for appeal ends on {deadline}',
    },
    text: {
      fi: 'Oikaisuvaatimuksenne haussa ”{name}” on ratkaistu ({region}). Ratkaisusta voi valittaa viimeistään {deadline}.\n\nLukekaa ratkaisu ja valitusosoitus rekisteristä. Jos ratkaisusta ei valiteta, se saa lainvoiman, eikä teidän tarvitse tehdä mitään.',
      sv: 'Er begäran om omprövning i utlysningen ”{name}” har avgjorts ({region}). Avgörandet kan överklagas senast {deadline}.\n\nLäs avgörandet och besvärsanvisningen i registret. Om ingen överklagar vinner avgörandet laga kraft och ni behöver inte göra något.',
      en: 'Your request for rectification in the call “{name}” has been decided ({region}). The decision on it can be appealed against until {deadline}.\n\nRead the decision and the instructions for appeal in the register. Without an appeal it becomes final, and you need not do anything.',
    },
  },
};

const footers: ErrorText = {
  fi: 'Tämän viestin lähetti digituen alueellisen koordinoinnin rekisteri. Kellonajat ovat Suomen aikaa. Viestiin ei voi vastata.',
  sv: 'Detta meddelande sändes av registret för den regionala samordningen av digitalt stöd. Klockslagen anges i finsk tid. Meddelandet kan inte besvaras.',
  en: 'This message was sent by the register of the regional coordination of digital support. Times are Finnish time. Please do not reply.',
};

/** What a message is made of. */
export interface ToTell {
  readonly kind: NotificationKind;
  /** The stream that it is about. */
  readonly about: string;
  readonly name: LocalizedText;
  readonly deadline?: string;
  readonly region?: RegionCode;
}

const ids: ErrorText = { fi: 'Tunnus rekisterissä: {id}', sv: 'Id i registret: {id}', en: 'Its id in the register: {id}' };

/** What one asks the register of it: the question that a link opens. */
const questions: Readonly<Record<string, (id: string, region?: RegionCode) => string>> = {
  call: (id) => `call(id: "${id}") { name { text } stage terms { closesAt planComments { from to } } }`,
  plan: (id, region) => {
    const [call, key] = id.split('--') as [string, string];
    const whose = key === region ? '' : `, applicant: "${key}"`;
    return `plan(call: "${call}", region: R${region}${whose}) { stage comments { id kind state text } }`;
  },
  application: (id) => `application(id: "${id}") { stage arrivedAt missing story { asked { kind id text due } } }`,
  grant: (id) => `grant(id: "${id}") { stage deadlines { kind due isOver } }`,
};

/** Where it is read in the register: by its id, and at the address that people reach the register by, where there is one. */
function placeText({ about, region }: ToTell, language: Language, address: string | undefined): string {
  const id = streamKey(about);
  const question = entry(questions, streamCategory(about))?.(id, region);
  const link = address === undefined || !question ? [] : [`${address}/graphql?query=${encodeURIComponent(`{\n  ${question}\n}`)}`];
  return [filledText(ids[language], { id }, language), ...link].join('\n');
}

/** The message in each of the languages, one after the other; with a link where the register has an address. */
export function messageText(
  told: ToTell,
  languages: readonly Language[],
  address?: string,
): { readonly subject: string; readonly text: string } {
  const { kind, name, deadline, region } = told;
  const { subject, text } = templates[kind];
  const parts = languages.map((language) => {
    const details = {
      name: inLanguage(name, [language]).text,
      ...(deadline !== undefined && { deadline: deadlineText(deadline, language) }),
      ...(region !== undefined && { region: regions[region][language] }),
    };
    // What is for an organisation names no region.
    const body = region === undefined ? text[language].replace(' ({region})', '') : text[language];
    return {
      subject: filledText(subject[language], details, language),
      text: `${filledText(body, details, language)}\n\n${placeText(told, language, address)}\n\n${footers[language]}`,
    };
  });
  return { subject: parts.map((one) => one.subject).join(' / '), text: `${parts.map((one) => one.text).join('\n\n----\n\n')}\n` };
}

const at: ErrorText = { fi: 'klo', sv: 'kl.', en: 'at' };

/** A day, or a day and what the clock in Helsinki shows: `15.10.2019 klo 16.15`. */
function deadlineText(deadline: Instant, language: Language): string {
  const [day, ...clock] = helsinkiClock(lastInstant(deadline)).split(' ') as [string, ...string[]];
  return precisionOf(deadline) === 'day' ? day : [day, at[language], ...clock].join(' ');
}
