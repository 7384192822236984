import { streamCategory } from '#kernel/envelope';
import { callOfMatter } from '#kernel/matter';
import { questionOfAll } from './question.js';

/** The categories whose streams have the key of a matter, and those that have the key of a call. */
const ofMatters: readonly string[] = ['application', 'grant', 'plan'];
const ofCalls: readonly string[] = ['allocation', 'call', 'selection'];

/**
 * What happens in the stream of a matter or call is filed under it. Who asks for a matter, its trail or its bundle, asks by
 * that: an event that says otherwise, or nothing, would not be among what they get.
 */
export const filedElsewhere = questionOfAll<undefined>({
  key: 'filed-elsewhere',
  title: { fi: 'Väärään asiaan kirjattu', sv: 'Registrerad i ett annat ärende', en: 'Filed under another matter' },
  about: {
    fi: 'Hakemuksen, suunnitelman ja avustuksen tapahtuma on kirjattu omaan asiaansa ja hakuunsa, ja haun, määrärahan ja vertailun tapahtuma omaan hakuunsa: muuten se puuttuisi asian tapahtumien joukosta.',
    sv: 'En händelse i en ansökan, en plan eller ett understöd är registrerad i sitt eget ärende och sin egen utlysning, och en händelse i en utlysning, ett anslag eller en jämförelse i sin egen utlysning: annars skulle den saknas bland ärendets händelser.',
    en: 'An event of an application, a plan or a grant is filed under its own matter and call, and one of a call, an appropriation or a comparison under its own call: else it would be missing from what happened in the matter.',
  },
  finding: {
    fi: 'Virran {stream} tapahtuma on kirjattu asiaan {filed}, vaikka se kuuluu asiaan {belongs}.',
    sv: 'Händelsen i strömmen {stream} är registrerad under {filed}, fast den hör till {belongs}.',
    en: 'The event of the stream {stream} is filed under {filed}, though it belongs to {belongs}.',
  },
  start: () => undefined,
  each: (_, { stream, data, metadata: { matter, call } }) => {
    const category = streamCategory(stream);
    const key = stream.slice(category.length + 1);
    if (ofCalls.includes(category)) {
      const { application } = data as { readonly application?: unknown };
      // What is decided in a call is of a matter of it, too.
      const isFiled = call === key && (category !== 'allocation' || typeof application !== 'string' || matter === application);
      return isFiled ? undefined : { stream, filed: filedUnder(call, matter), belongs: filedUnder(key, application as string | undefined) };
    }
    if (!ofMatters.includes(category) || (matter === key && call === callOfMatter(key))) return undefined;
    return { stream, filed: filedUnder(call, matter), belongs: filedUnder(callOfMatter(key), key) };
  },
});

function filedUnder(call: string | undefined, matter: string | undefined): string {
  return [call ?? '-', matter ?? '-'].join(' / ');
}
