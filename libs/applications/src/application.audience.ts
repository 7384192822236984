import type { Audience } from '#access/audience';
import { mayRead, type Claims } from '#access/policy';
import type { Publicity } from '#kernel/event-schema';
import type { applicationEvents } from './application.events.js';
import { applicationFacts, type ApplicationFacts } from './application.facts.js';

/** An application as far as it matters who may see it. */
export interface ApplicationShown {
  readonly stage: 'recorded' | 'draft' | 'submitted' | 'withdrawn';
  readonly region: string;
  readonly applicant?: string;
}

/**
 * A draft is the region's and the applicant's own, and theirs who read everything; from its arrival on an application is
 * public, less its secret parts.
 * What the ministry prepares is for those who handle it and for the analysts: not for the applicant before it is decided.
 */
export function seesApplication(application: ApplicationShown, reader: Claims | undefined): Publicity | undefined {
  const isDraft = application.stage === 'draft';
  if (isDraft && !seesDraftOf(application, reader)) return undefined;
  if (mayRead('secret parts of applications', reader) || (isDraft && isOwnApplication(application, reader))) return 'secret';
  return mayRead('handling of applications', reader) ? 'internal' : 'public';
}

/** Whether it is the reader's own, who would not see it for their role alone: then they also see its secret parts, what was asked of them and what they answered. */
export function isOwnApplication(application: ApplicationShown, reader: Claims | undefined): boolean {
  return seesDraftOf(application, reader) && !mayRead('drafts of applications', reader);
}

/** Whether the reader sees how it was drafted. */
export function seesDraftOf(application: ApplicationShown, reader: Claims | undefined): boolean {
  return mayRead('drafts of applications', reader, scopeOf(application));
}

/** What passes between the applicant and the ministry: all of it is the applicant's to see. What the ministry prepares is not among it. */
const ofApplicant: readonly string[] = [
  'ApplicationSubmitted',
  'ApplicationReceived',
  'ApplicationAmended',
  'ApplicationWithdrawn',
  'SupplementRequested',
  'ApplicationSupplemented',
  'HearingOpened',
  'StatementGiven',
  'DueDayCorrected',
  'RequestWithdrawn',
  'EarlierArrivalRecorded',
] satisfies (keyof typeof applicationEvents)[];

export const applicationAudience: Audience<ApplicationFacts, typeof applicationEvents> = {
  fold: applicationFacts,
  sees: (application, reader, event = '') => {
    if (application.stage === 'absent') return undefined;
    return ofApplicant.includes(event) && isOwnApplication(application, reader) ? 'secret' : seesApplication(application, reader);
  },
};

function scopeOf({ region, applicant }: ApplicationShown) {
  return { region, organisation: applicant };
}
