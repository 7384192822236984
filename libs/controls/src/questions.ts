import type { EventDefinitions } from '#kernel/event-schema';
import { actorWithoutRole } from './actor-without-role.control.js';
import { amountAboveCeiling } from './amount-above-ceiling.control.js';
import { clockBackwards } from './clock-backwards.control.js';
import { commentOutsideWindow } from './comment-outside-window.control.js';
import { decisionOutsideCall } from './decision-outside-call.control.js';
import { disqualifiedActs } from './disqualified-acts.control.js';
import { filedElsewhere } from './filed-elsewhere.control.js';
import { lateAsInTime } from './late-as-in-time.control.js';
import { paymentBeforeAcceptance } from './payment-before-acceptance.control.js';
import { paymentSentTwice } from './payment-sent-twice.control.js';
import { personalInClear } from './personal-in-clear.control.js';
import { presenterDecides } from './presenter-decides.control.js';
import type { Question } from './question.js';
import { recoveryWithoutHearing } from './recovery-without-hearing.control.js';
import { revisionGap } from './revision-gap.control.js';

/** The control questions, those about money and decisions first. */
export function questionsFor(definitions: EventDefinitions): readonly Question[] {
  return [
    paymentBeforeAcceptance,
    paymentSentTwice,
    amountAboveCeiling,
    recoveryWithoutHearing,
    presenterDecides,
    disqualifiedActs,
    actorWithoutRole,
    decisionOutsideCall,
    lateAsInTime,
    commentOutsideWindow,
    personalInClear(definitions),
    filedElsewhere,
    revisionGap,
    clockBackwards,
  ];
}
