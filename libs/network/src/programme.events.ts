import { field, optional, v1 } from '#kernel/event-schema';
import { ReasonText, Region } from '#kernel/schemas';

const region = field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const programmeEvents = {
  RegionJoinedProgramme: v1(
    {
      fi: 'Maakunta tuli mukaan digituen ohjelmaan',
      sv: 'Landskapet anslöt sig till programmet för digitalt stöd',
      en: 'A region joined the programme of digital support',
    },
    { region },
  ),
  RegionLeftProgramme: v1(
    {
      fi: 'Maakunta jäi pois digituen ohjelmasta',
      sv: 'Landskapet lämnade programmet för digitalt stöd',
      en: 'A region left the programme of digital support',
    },
    { region, reason: optional(ReasonText, { fi: 'Syy, jos se tiedetään', sv: 'Orsak, om den är känd', en: 'Why, where it is known' }) },
  ),
};
