import { applying } from './applying.js';
import { deciding } from './deciding.js';
import type { DemoServer } from './demo-server.js';
import { evaluating } from './evaluating.js';
import { closing, granting } from './granting.js';
import { guiding } from './guiding.js';
import { networking } from './networking.js';
import { planning } from './planning.js';
import { preparing } from './preparing.js';
import { selecting } from './selecting.js';
import { surveying } from './surveying.js';

interface Act {
  /** What it has come to. */
  readonly title: string;
  readonly act: (demo: DemoServer) => Promise<void>;
}

/** The acts of the fictional round of 2025, in their order. A context that comes later adds its own. */
export const acts: readonly Act[] = [
  { title: 'June to August 2025: a call is planned and published', act: preparing },
  { title: 'August to October: fourteen regions draft plans, the agency comments, the regions answer and finalise', act: planning },
  {
    title:
      'October: fifteen applications arrive; one is late, one came by e-mail, one is of a town that may not apply; one is withdrawn, one supplemented',
    act: applying,
  },
  { title: 'November: the applications are assessed, compared, and decisions proposed', act: selecting },
  { title: 'The year in the regions: networks and their meetings, services on offer, ethical principles', act: networking },
  { title: 'A survey of need and supply, communication, what is done about the difference', act: surveying },
  { title: 'November: regions evaluate themselves by two versions of a framework, indicators are reported and corrected', act: evaluating },
  {
    title:
      'December to January: decided under the ceiling, notified, accepted; one decision is corrected, one grant declined, one refusal rectified',
    act: deciding,
  },
  {
    title:
      '2026: instalments and interim reports, a batch of payments with one that the bank rejects; a change, a suspension that is lifted, a repayment, a recovery with interest',
    act: granting,
  },
  { title: 'Spring 2027: last reports, a waiver, last instalments; every grant is settled and closed', act: closing },
  { title: 'Told afterwards: guidance, training with who came, a method made together, news of 2025', act: guiding },
];
