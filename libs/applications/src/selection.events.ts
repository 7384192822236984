import { Type } from 'typebox';
import { field, listOf, ofAuthority, v1 } from '#kernel/event-schema';
import { Count, MatterText, Text } from '#kernel/schemas';

/** Stored for ever: add an event or a version, never rename one or change what it means. Prepared work is internal. */
export const selectionEvents = {
  SelectionCompared: v1(
    {
      fi: 'Myönnettäviksi ehdotettavia hakemuksia vertailtiin kokonaisuutena',
      sv: 'De ansökningar som föreslås bli beviljade jämfördes som helhet',
      en: 'The applications to be granted were compared as a whole',
    },
    {
      applications: field(listOf(MatterText), { fi: 'Hakemukset', sv: 'Ansökningar', en: 'Applications' }, 'internal'),
      breadth: field(Text, { fi: 'Laajuus', sv: 'Bredd', en: 'Breadth' }, 'internal'),
      diversity: field(Text, { fi: 'Monipuolisuus', sv: 'Mångsidighet', en: 'Diversity' }, 'internal'),
      complementarity: field(
        Text,
        { fi: 'Toistensa täydentäminen', sv: 'Hur de kompletterar varandra', en: 'Complementarity' },
        'internal',
      ),
      inhabitants: field(Count, { fi: 'Asukkaita yhteensä', sv: 'Invånare sammanlagt', en: 'Inhabitants together' }, 'internal'),
      presenter: ofAuthority(
        field(
          Type.String({ minLength: 1, maxLength: 200 }),
          { fi: 'Esittelijän tunnus', sv: 'Föredragandens id', en: 'Id of the presenter' },
          'internal',
        ),
      ),
    },
  ),
};
