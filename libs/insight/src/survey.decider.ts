import { canonicalJson } from '#kernel/canonical-json';
import type { CommandsOf, DecideContext, Decider } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import { faultOfMunicipality } from '#kernel/municipality';
import type { RegionCode } from '#kernel/region';
import { firstInstant, lastInstant, type When } from '#kernel/when';
import type { surveyEvents } from './survey.events.js';
import { figureKey, surveyFacts, type PublishedSurvey, type SurveyFacts } from './survey.facts.js';
import { refuse } from './survey.refusals.js';

type Commands = CommandsOf<typeof import('./survey.commands.js')>;
type Events = typeof surveyEvents;

/** A survey wave of need and supply: who is asked, how many answered, what they need, what there is, what it came to. */
export const survey: Decider<Commands, SurveyFacts, Events> = {
  ...surveyFacts,
  key: (command) => command.survey,
  belongs: ({ region }) => (region ? { region } : {}),
  needs: {},

  decide: {
    PublishSurveyWave({ survey: key, region, effectiveAt, ...wave }, state) {
      const once = { ...wave, regions: [...new Set(wave.regions)], languages: [...new Set(wave.languages)] };
      if (state.stage !== 'absent' && canonicalJson(state.wave) === canonicalJson(once)) return [];
      if (state.stage !== 'absent') throw refuse('survey-exists', { survey: key });
      const missing = (['regions', 'languages'] as const).filter((list) => once[list].length === 0);
      if (missing.length > 0) throw refuse('survey-incomplete', { missing });
      if (region !== undefined && once.regions.some((one) => one !== region)) throw refuse('survey-regions-not-own');
      const { from, to } = once.period;
      if (from > to) throw refuse('survey-period-reversed', { from, to });
      return [{ type: 'SurveyWavePublished', data: once, ...(effectiveAt && { effectiveAt }) }];
    },

    ReportSurveyResponseRate({ survey: key, ...rate }, state, _facts, { at }) {
      const open = requireOpen(state, key, rate.region, at);
      const { respondents, languages } = open.wave;
      if (respondents !== 'both' && respondents !== rate.group) throw refuse('survey-respondents-not-asked');
      if (rate.language !== undefined && !languages.includes(rate.language))
        throw refuse('survey-language-not-asked', { language: rate.language });
      const { invited, answered } = rate;
      if (invited !== undefined && answered > invited) throw refuse('survey-answers-exceed-invited', { answered, invited });
      return isKnown(open, rate) ? [] : [{ type: 'SurveyResponseRateReported', data: rate, ...timeOf(open, at) }];
    },

    RecordNeed({ survey: key, ...recorded }, state, _facts, { at }) {
      const open = requireOpen(state, key, recorded.region, at);
      requireItsMunicipality(recorded, open);
      return isKnown(open, recorded) ? [] : [{ type: 'NeedRecorded', data: recorded, ...timeOf(open, at) }];
    },

    RecordSupply({ survey: key, ...recorded }, state, _facts, { at }) {
      const open = requireOpen(state, key, recorded.region, at);
      requireItsMunicipality(recorded, open);
      return isKnown(open, recorded) ? [] : [{ type: 'SupplyRecorded', data: recorded, ...timeOf(open, at) }];
    },

    ConcludeSurvey({ survey: key, region, findings, effectiveAt }, state, _facts, { at }) {
      if (state.stage === 'absent') throw refuse('survey-unknown', { survey: key });
      const { regions, period } = state.wave;
      // A region concludes its own wave; one of several regions is the agency's.
      if (region !== undefined && regions.some((one) => one !== region)) throw refuse('survey-unknown', { survey: key });
      if (state.stage === 'concluded') {
        if (canonicalJson(state.findings) === canonicalJson(findings)) return [];
        throw refuse('survey-concluded', { survey: key });
      }
      if (firstInstant(effectiveAt ?? at) <= lastInstant(period.to)) throw refuse('survey-goes-on', { to: period.to });
      return [{ type: 'SurveyConcluded', data: { regions, findings }, ...(effectiveAt && { effectiveAt }) }];
    },
  },
};

/** A survey that does not ask in the region is answered as one that is not there. */
function requireOpen(state: SurveyFacts, survey: string, region: RegionCode, at: DecideContext['at']): PublishedSurvey {
  if (state.stage === 'absent' || !state.wave.regions.includes(region)) throw refuse('survey-unknown', { survey });
  if (state.stage === 'concluded') throw refuse('survey-concluded', { survey });
  const { from } = state.wave.period;
  if (at < firstInstant(from)) throw refuse('survey-not-begun', { from });
  return state;
}

function isKnown(
  { figures }: PublishedSurvey,
  figure: EventData<Events, 'SurveyResponseRateReported'> | EventData<Events, 'NeedRecorded'> | EventData<Events, 'SupplyRecorded'>,
): boolean {
  const known = entry(figures, figureKey(figure));
  return known !== undefined && canonicalJson(known) === canonicalJson(figure);
}

/** What a survey says is of its own time: once that has ended, of its last day. */
function timeOf({ wave: { period } }: PublishedSurvey, at: DecideContext['at']): { readonly effectiveAt?: When } {
  return at > lastInstant(period.to) ? { effectiveAt: period.to } : {};
}

/** A municipality is judged by the day on which the survey began. */
function requireItsMunicipality(
  { municipality, region }: { readonly municipality: string; readonly region: RegionCode },
  { wave: { period } }: PublishedSurvey,
): void {
  const fault = faultOfMunicipality(municipality, region, period.from);
  if (fault) throw refuse('survey-municipality', { municipality, fault, region });
}
