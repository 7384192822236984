import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { operatingModel } from './operating-model.decider.js';

const { given } = specOf(operatingModel);
const both = (text: string) => ({ fi: `${text} (kuvitteellinen)`, sv: `${text} (påhittad)` });
const section = (key: string, text = key) => ({ key, heading: both(key), text: both(text) });
const names = both('Malli');
const first = [section('roles'), section('duties')];
const published = { type: 'OperatingModelPublished', data: { names, sections: first }, effectiveAt: '2018-04-05' } as const;
const second = [section('roles', 'clearer'), section('tools')];
const revised = {
  type: 'OperatingModelRevised',
  data: { version: 2, sections: second, reason: 'Kokemukset' },
  effectiveAt: '2020-01-01',
} as const;
const content = { evaluation: 'pilots', version: 1, region: '19', findings: both('Havainto'), conclusions: both('Johtopäätös') } as const;
const proposed = { type: 'RegionalRoleEvaluationProposed', data: { ...content, proposal: 1, proposer: 'agency-person' } } as const;
const evaluated = { type: 'RegionalRoleEvaluated', data: content } as const;
const agency = { actor: { id: 'agency-person', role: 'agency-coordinator' } };
const ministry = { actor: { id: 'ministry-person', role: 'ministry-presenter' } };

describe('an operating model', () => {
  it('is published once, valid from the day that is said', () => {
    given().when('PublishOperatingModel', { model: 'm', names, sections: first, validFrom: '2018-04-05' }).then([published]);
    given(published).when('PublishOperatingModel', { model: 'm', names, sections: first }).thenRefused('operating-model-exists');
  });

  it('is published in Finnish and Swedish, and says what is missing', () => {
    const half = { key: 'roles', heading: { fi: 'Roolit' }, text: { sv: 'Roller', en: 'Roles' } };
    given()
      .when('PublishOperatingModel', { model: 'm', names: { en: 'Model' }, sections: [half] })
      .thenRefused('model-language-missing', { missing: ['names.fi', 'names.sv', 'sections.roles.heading.sv', 'sections.roles.text.fi'] });
    given(published)
      .when('ReviseOperatingModel', { model: 'm', sections: [half], reason: 'r' }, { at: '2020-01-01' })
      .thenRefused('model-language-missing', { missing: ['sections.roles.heading.sv', 'sections.roles.text.fi'] });
  });

  it('has one section at least, and none twice', () => {
    given().when('PublishOperatingModel', { model: 'm', names, sections: [] }).thenRefused('model-sections-missing');
    given()
      .when('PublishOperatingModel', { model: 'm', names, sections: [section('a'), section('a', 'b')] })
      .thenRefused('model-section-repeated', { section: 'a' });
    given(published)
      .when('ReviseOperatingModel', { model: 'm', sections: [], reason: 'r' }, { at: '2020-01-01' })
      .thenRefused('model-sections-missing');
  });

  it('has no point of a section twice, and each in Finnish and Swedish', () => {
    const withItems = (...items: { key: string; text: { fi?: string; sv?: string } }[]) => ({
      model: 'm',
      names,
      sections: [{ ...section('a'), items }],
    });
    given()
      .when('PublishOperatingModel', withItems({ key: 'x', text: both('x') }, { key: 'x', text: both('y') }))
      .thenRefused('model-item-repeated', { section: 'a', item: 'x' });
    given()
      .when('PublishOperatingModel', withItems({ key: 'x', text: { fi: 'x' } }))
      .thenRefused('model-language-missing', { missing: ['sections.a.items.x.sv'] });
  });

  it('is revised by versions, each valid from later than the one before', () => {
    const revise = { model: 'm', sections: second, reason: 'Kokemukset', validFrom: '2020-01-01' };
    given(published).when('ReviseOperatingModel', revise).then([revised]);
    given(published)
      .when('ReviseOperatingModel', { ...revise, validFrom: '2018-04-05' })
      .thenRefused('model-version-not-later', { current: '2018-04-05' });
    given(published)
      .when('ReviseOperatingModel', { model: 'm', sections: second, reason: 'r' }, { at: '2018-04-04' })
      .thenRefused('model-version-not-later', { current: '2018-04-05' });
    given(published, revised)
      .when('ReviseOperatingModel', { ...revise, validFrom: '2019-01-01', sections: [section('roles')] })
      .thenRefused('model-version-not-later', { current: '2020-01-01' });
    given().when('ReviseOperatingModel', revise).thenRefused('operating-model-unknown');
  });

  it('is not revised where nothing changes, and can get an earlier text back', () => {
    given(published, revised)
      .when('ReviseOperatingModel', { model: 'm', sections: second, reason: 'r' }, { at: '2021-01-01' })
      .thenNothing();
    given(published, revised)
      .when('ReviseOperatingModel', { model: 'm', sections: second, reason: 'r', validFrom: '2020-01-01' })
      .thenNothing();
    given(published, revised)
      .when('ReviseOperatingModel', { model: 'm', sections: second, reason: 'r', validFrom: '2021-01-01' })
      .thenRefused('model-sections-same', { version: 2, validFrom: '2021-01-01' });
    given(published, revised)
      .when('ReviseOperatingModel', { model: 'm', sections: first, reason: 'r', validFrom: '2021-01-01' })
      .then([{ type: 'OperatingModelRevised', data: { version: 3, sections: first, reason: 'r' }, effectiveAt: '2021-01-01' }]);
  });

  it('gets a region’s feedback on a version and a section that it has', () => {
    const feedback = { version: 1, section: 'duties', region: '19', text: both('Toimii') } as const;
    given(published, revised)
      .when('GiveOperatingModelFeedback', { model: 'm', ...feedback })
      .then([{ type: 'OperatingModelFeedbackGiven', data: feedback }]);
    given(published, revised)
      .when('GiveOperatingModelFeedback', { model: 'm', ...feedback, version: 2 })
      .thenRefused('model-section-unknown', { version: 2, section: 'duties', known: ['roles', 'tools'] });
    given(published, revised)
      .when('GiveOperatingModelFeedback', { model: 'm', ...feedback, version: 3 })
      .thenRefused('model-version-unknown', { version: 3, latest: 2 });
    given(published)
      .when('GiveOperatingModelFeedback', { model: 'm', ...feedback, version: 0 })
      .thenRefused('model-version-unknown', { version: 0, latest: 1 });
    given()
      .when('GiveOperatingModelFeedback', { model: 'm', ...feedback })
      .thenRefused('operating-model-unknown');
  });
});

describe('the evaluation of the regional role', () => {
  const propose = { model: 'm', ...content };
  const confirm = { model: 'm', evaluation: 'pilots', proposal: 1 };

  it('is there once the agency has proposed it and the ministry has confirmed it', () => {
    given(published).when('ProposeRegionalRoleEvaluation', propose, agency).then([proposed]);
    given(published, proposed).when('ConfirmRegionalRoleEvaluation', confirm, ministry).then([evaluated]);
    given(published)
      .when('ConfirmRegionalRoleEvaluation', confirm, ministry)
      .thenRefused('evaluation-not-proposed', { evaluation: 'pilots' });
    given(published)
      .when('ConfirmRegionalRoleEvaluation', { ...confirm, evaluation: 'constructor' }, ministry)
      .thenRefused('evaluation-not-proposed', { evaluation: 'constructor' });
  });

  it('is of a version that there is', () => {
    given(published)
      .when('ProposeRegionalRoleEvaluation', { ...propose, version: 2 }, agency)
      .thenRefused('model-version-unknown', { version: 2, latest: 1 });
  });

  it('can be proposed anew until it is confirmed, and is confirmed as it was read', () => {
    const changed = { ...content, conclusions: both('Toinen johtopäätös') };
    const again = { type: 'RegionalRoleEvaluationProposed', data: { ...changed, proposal: 2, proposer: 'agency-person' } } as const;
    given(published, proposed)
      .when('ProposeRegionalRoleEvaluation', { model: 'm', ...changed }, agency)
      .then([again]);
    given(published, proposed).when('ProposeRegionalRoleEvaluation', propose, agency).thenNothing();
    given(published, proposed, again)
      .when('ConfirmRegionalRoleEvaluation', confirm, ministry)
      .thenRefused('evaluation-proposal-changed', { read: 1, current: 2 });
    given(published, proposed, again)
      .when('ConfirmRegionalRoleEvaluation', { ...confirm, proposal: 2 }, ministry)
      .then([{ type: 'RegionalRoleEvaluated', data: changed }]);
  });

  it('needs two people, whatever roles one has', () => {
    given(published, proposed)
      .when('ConfirmRegionalRoleEvaluation', confirm, { actor: { id: 'agency-person', role: 'ministry-presenter' } })
      .thenRefused('evaluation-needs-two');
  });

  it('is not changed once it is confirmed', () => {
    given(published, proposed, evaluated)
      .when('ProposeRegionalRoleEvaluation', propose, agency)
      .thenRefused('evaluation-done', { evaluation: 'pilots' });
    given(published, proposed, evaluated)
      .when('ConfirmRegionalRoleEvaluation', confirm, ministry)
      .thenRefused('evaluation-done', { evaluation: 'pilots' });
  });
});
