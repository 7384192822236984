import { field, optional, v1 } from '#kernel/event-schema';
import { CentsNumber, DayText, ReasonText, textUpTo, Year } from '#kernel/schemas';

const amount = field(CentsNumber, { fi: 'Määräraha (senttejä)', sv: 'Anslag (cent)', en: 'Appropriation (cents)' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const allocationEvents = {
  AppropriationSet: v1(
    { fi: 'Haulle varattiin määräraha', sv: 'Ett anslag reserverades för utlysningen', en: 'An appropriation was reserved for the call' },
    {
      amount,
      budgetItem: optional(textUpTo(100), { fi: 'Talousarvion momentti', sv: 'Moment i budgeten', en: 'Budget item' }),
      year: optional(Year, { fi: 'Varainhoitovuosi', sv: 'Finansår', en: 'Budget year' }),
      lapses: optional(DayText, { fi: 'Käytettävissä saakka', sv: 'Disponibelt till och med', en: 'Can be used until' }),
    },
  ),
  AppropriationAdjusted: v1(
    { fi: 'Haun määrärahaa muutettiin', sv: 'Anslaget för utlysningen ändrades', en: 'The appropriation of the call was adjusted' },
    { amount, reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }) },
  ),
};
