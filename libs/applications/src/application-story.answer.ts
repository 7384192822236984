import type { Sealed } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { type Dated, isThen, type Timeline, withEntry } from '#kernel/timeline';
import type { Arrival, DraftContent } from './application-content.events.js';
import { applicationEvents, type AskedKind } from './application.events.js';
import type { ApplicationStoryRow, Told } from './application-story.projection.js';
import type { ApplicationContentType, ApplicationStoryType, AskedOfApplicantType, AssessmentType } from './application-story.types.js';
import type { Sight } from './application.types.js';

type Said = { readonly content: DraftContent; readonly contentHash?: string };
type ToldAs<Type extends Told['type']> = Extract<Told, { type: Type }>;

/** An application's story as the reader may see it at the instant; the personal texts are opened by who asks for it. */
export function storyAt(
  { told }: ApplicationStoryRow,
  asOf: Instant,
  sight: Sight,
  open: (text: Sealed | undefined) => Promise<string | null>,
): Promise<ApplicationStoryType> {
  const then = told.filter(isThen(asOf));
  const seesDraft = sight.seesDraft && !(sight.isOwn && isReplaced(then));
  return new Story(
    then.filter(({ value }) => seesDraft || !isDraft(value)),
    sight,
    open,
  ).answer();
}

/** Whether the place of the draft was taken by what another applicant sent another way: the draft stays theirs who drafted it. */
function isReplaced(told: readonly Dated<Told>[]): boolean {
  const applicants = told.flatMap(({ value }) =>
    value.type === 'ApplicationStarted' || value.type === 'ApplicationReceived' ? [value.data.applicant] : [],
  );
  return new Set(applicants).size > 1;
}

class Story {
  private readonly handles: boolean;
  private readonly seesSecrets: boolean;
  private readonly isParty: boolean;

  constructor(
    private readonly told: readonly Dated<Told>[],
    sight: Sight,
    private readonly open: (text: Sealed | undefined) => Promise<string | null>,
  ) {
    this.handles = sight.level !== 'public' && !sight.isOwn;
    this.seesSecrets = sight.level === 'secret' || sight.isOwn;
    this.isParty = this.handles || sight.isOwn;
  }

  async answer(): Promise<ApplicationStoryType> {
    const signed = this.all('ApplicationSubmitted', 'ApplicationReceived', 'ApplicationAmended').findLast(
      ({ value }) => value.data.signatory !== undefined,
    );
    return {
      content: this.content(),
      ...this.evidence((this.all('EarlierArrivalRecorded').at(-1) ?? this.all('ApplicationReceived')[0])?.value.data.arrival),
      signatory: this.seesSecrets ? await this.open(signed?.value.data.signatory) : null,
      asked: this.asked(),
      assessments: this.handles ? this.assessments() : null,
      proposal: this.handles ? this.proposal() : null,
      disqualifications:
        this.handles && this.seesSecrets
          ? await Promise.all(this.all('DisqualificationRecorded').map(({ value }) => this.open(value.data.grounds)))
          : null,
      steps: this.told
        .filter(({ value }) => this.handles || !isPreparation(value))
        .map(({ value, effectiveAt, recordedAt }) => ({
          event: value.type,
          description: applicationEvents[value.type].description,
          effectiveAt,
          recordedAt,
          role: value.role,
          ...this.reason(value),
        })),
    };
  }

  private content(): ApplicationContentType | null {
    // What arrived another way may be older than the latest draft.
    const counted =
      this.all('ApplicationSubmitted', 'ApplicationReceived').length > 0 ? this.told.filter(({ value }) => !isDraft(value)) : this.told;
    const said = counted.reduce<Timeline<Said>>((timeline, { value: { data }, ...times }) => {
      const counts = 'content' in data && data.content !== undefined && !('isLate' in data && data.isLate);
      return counts ? withEntry(timeline, { ...times, value: data as Said }) : timeline;
    }, []);
    const latest = said.at(-1)?.value;
    if (!latest) return null;
    const { content, contentHash } = latest;
    const { parts = [], ...rest } = content;
    return {
      ...rest,
      parts: parts.map(({ part, text, secretText, secretBecause }) => {
        const seen = text ?? (this.seesSecrets ? secretText : undefined);
        return { part, ...(seen !== undefined && { text: seen }), ...(secretBecause !== undefined && { secretBecause }) };
      }),
      ...(this.isParty && contentHash !== undefined && { contentHash }),
    };
  }

  private asked(): readonly AskedOfApplicantType[] {
    const supplements = this.all('SupplementRequested').map(({ value: { data } }) => ({
      kind: 'supplement' as const,
      id: data.supplement,
      due: data.due,
      text: data.asks,
    }));
    const hearings = this.all('HearingOpened').map(({ value: { data } }) => ({
      kind: 'hearing' as const,
      id: data.hearing,
      due: data.due,
      text: data.concerns,
    }));
    return [...supplements, ...hearings].map(({ text, ...asked }) => ({
      ...asked,
      ...this.standing(asked.kind, asked.id, asked.due),
      ...this.forParties(text),
      answers: this.answers(asked.kind, asked.id),
    }));
  }

  /** By when it is to be answered now, and whether at all. */
  private standing(kind: AskedKind, id: string, due: string): { due: string; isWithdrawn: boolean } {
    const isOf = ({ value: { data } }: { value: { data: { asked: AskedKind; id: string } } }) => data.asked === kind && data.id === id;
    return {
      due: this.all('DueDayCorrected').findLast(isOf)?.value.data.due ?? due,
      isWithdrawn: this.all('RequestWithdrawn').some(isOf),
    };
  }

  private answers(kind: 'supplement' | 'hearing', id: string) {
    const given =
      kind === 'supplement'
        ? this.all('ApplicationSupplemented').filter(({ value }) => value.data.supplement === id)
        : this.all('StatementGiven').filter(({ value }) => value.data.hearing === id);
    return given.map(({ value: { data } }) => ({
      arrivedAt: data.arrival.arrivedAt,
      channel: data.arrival.channel,
      isLate: data.isLate,
      ...this.forParties(data.text),
      ...this.evidence(data.arrival),
    }));
  }

  /** The latest of each criterion. */
  private assessments(): readonly AssessmentType[] {
    return [...new Map(this.all('ApplicationAssessed').map(({ value: { data } }) => [data.criterion, data])).values()];
  }

  private proposal() {
    const latest = this.all('DecisionProposed', 'DecisionProposalWithdrawn').at(-1);
    return latest?.value.type === 'DecisionProposed' ? { ...latest.value.data, proposed: latest.effectiveAt } : null;
  }

  private evidence(arrival: Arrival | undefined): { evidence?: string } {
    return this.handles && arrival?.evidence !== undefined ? { evidence: arrival.evidence } : {};
  }

  private reason(value: Told): { reason?: string } {
    if (this.isParty && (value.type === 'DueDayCorrected' || value.type === 'RequestWithdrawn')) return { reason: value.data.reason };
    if (value.type === 'ApplicationWithdrawn' || (value.type === 'DecisionProposalWithdrawn' && this.handles))
      return { reason: value.data.reason };
    return {};
  }

  private forParties(text: string | undefined): { text?: string } {
    return this.isParty && text !== undefined ? { text } : {};
  }

  private all<Type extends Told['type']>(...types: readonly Type[]): readonly Dated<ToldAs<Type>>[] {
    return this.told.filter((one): one is Dated<ToldAs<Type>> => types.includes(one.value.type as Type));
  }
}

/** What the ministry prepares is not told to others before the decision, nor that it does. */
function isPreparation({ type }: Told): boolean {
  return ['DisqualificationRecorded', 'ApplicationAssessed', 'DecisionProposed', 'DecisionProposalWithdrawn'].includes(type);
}

/** What was written while it was a draft stays its owners'. */
function isDraft({ type }: Told): boolean {
  return type === 'ApplicationStarted' || type === 'ApplicationRevised';
}
