/** Terms of a fictional call with nothing missing, from 20 August to 15 October 2026 at 16.15 in Helsinki. */
export const terms = {
  opens: '2026-08-20',
  closes: '2026-10-15T16:15',
  planComments: { from: '2026-09-23', to: '2026-10-04' },
  eligibleApplicants: ['REGIONAL_COUNCIL'],
  applicationsPer: 'APPLICANT',
  periodOfUse: { from: '2026-11-01', to: '2027-10-31' },
  reporting: { from: '2027-11-01', to: '2027-12-31' },
  largestShare: 7_000,
  vatEligible: false,
  transferAllowed: true,
  criteria: [{ key: 'breadth', text: { fi: 'Laajuus' } }],
  legalBasis: { fi: 'Valtionavustuslaki' },
  appeal: { fi: 'Oikaisuvaatimus' },
  languages: ['FI', 'SV'],
};

/** The input that plans it. */
export const plan = (call: string) => ({
  call,
  kind: 'REGIONAL_COORDINATION',
  names: { fi: 'Kuvitteellinen haku', sv: 'En påhittad utlysning' },
  organiser: 'ministry-of-finance',
  goals: [],
  duties: [],
  terms,
});
