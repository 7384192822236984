import { describe, expect, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { training } from './training.decider.js';
import { attendanceByRegion } from './training.rules.js';

const { given } = specOf(training);
const schedule = {
  names: { fi: 'Koulutus (kuvitteellinen)', sv: 'Utbildning (påhittad)' },
  starts: '2025-03-10T07:00:00.000Z',
  ends: '2025-03-10T09:00:00.000Z',
  form: 'online' as const,
  languages: ['fi' as const],
  regions: [],
};
const scheduled = (more: object = {}) => ({ type: 'TrainingScheduled', data: { ...schedule, ...more } }) as const;
const figures = [
  { region: '12' as const, participants: 7 },
  { region: '19' as const, participants: 4 },
];
const held = { type: 'TrainingHeld', data: { attendance: figures } } as const;
const cancelled = { type: 'TrainingCancelled', data: { reason: 'Sairaus' } } as const;
const schedules = (more: object = {}) => ({ training: 't', ...schedule, ...more });
const after = { at: '2025-03-11T00:00:00.000Z' };

describe('training', () => {
  it('is scheduled with a language, a place where one goes there, and an end after its start', () => {
    given().when('ScheduleTraining', schedules()).then([scheduled()]);
    given(scheduled()).when('ScheduleTraining', schedules()).thenNothing();
    given()
      .when('ScheduleTraining', schedules({ languages: [], form: 'hybrid' }))
      .thenRefused('training-incomplete', { missing: ['languages', 'place'] });
    given()
      .when('ScheduleTraining', schedules({ ends: schedule.starts }))
      .thenRefused('training-ends-first');
    given()
      .when('ScheduleTraining', schedules({ names: { sv: 'Utbildning' } }))
      .thenRefused('training-language-missing', { missing: ['names.fi'] });
  });

  it('teaches only guidance that is in use', () => {
    given()
      .when('ScheduleTraining', schedules({ guidance: 'g' }))
      .thenRefused('training-guidance-unknown', { guidance: 'g' });
    given()
      .knowing({ guidance: { isPublished: true, retired: '2025-01-01' } })
      .when('ScheduleTraining', schedules({ guidance: 'g' }))
      .thenRefused('training-guidance-unknown');
    given()
      .knowing({ guidance: { isPublished: true } })
      .when('ScheduleTraining', schedules({ guidance: 'g' }))
      .then([scheduled({ guidance: 'g' })]);
  });

  it('can be moved until it is held or cancelled', () => {
    const moved = { ends: '2025-03-10T10:00:00.000Z' };
    given(scheduled())
      .when('ScheduleTraining', schedules(moved))
      .then([scheduled(moved)]);
    given(scheduled(), held).when('ScheduleTraining', schedules(moved)).thenRefused('training-held');
    given(scheduled(), cancelled).when('ScheduleTraining', schedules(moved)).thenRefused('training-cancelled');
  });

  it('is held once it has started, by regions that it was for, each told once', () => {
    const hold = { training: 't', attendance: [...figures].reverse() };
    given(scheduled()).when('HoldTraining', hold, after).then([held]);
    given(scheduled())
      .when('HoldTraining', hold, { at: '2025-03-10T06:59:59.999Z' })
      .thenRefused('training-not-started', { starts: '10.3.2025 09.00' });
    given(scheduled({ regions: ['12'] }))
      .when('HoldTraining', hold, after)
      .thenRefused('training-region-not-invited', { region: '19' });
    given(scheduled())
      .when('HoldTraining', { training: 't', attendance: [...figures, ...figures] }, after)
      .thenRefused('training-region-twice', { region: '12' });
    given(scheduled(), cancelled).when('HoldTraining', hold, after).thenRefused('training-cancelled');
    given().when('HoldTraining', hold, after).thenRefused('training-unknown');
  });

  it('has its figures corrected with a reason', () => {
    const right = [{ region: '12' as const, participants: 8 }];
    given(scheduled(), held).when('HoldTraining', { training: 't', attendance: figures }, after).thenNothing();
    given(scheduled(), held).when('HoldTraining', { training: 't', attendance: right }, after).thenRefused('training-correction-reason');
    given(scheduled(), held)
      .when('HoldTraining', { training: 't', attendance: right, correction: 'Laskuvirhe' }, after)
      .then([{ type: 'TrainingHeld', data: { attendance: right, correction: 'Laskuvirhe' } }]);
  });

  it('is cancelled only before it was held', () => {
    given(scheduled()).when('CancelTraining', { training: 't', reason: 'Sairaus' }).then([cancelled]);
    given(scheduled(), cancelled).when('CancelTraining', { training: 't', reason: 'Sairaus' }).thenNothing();
    given(scheduled(), held).when('CancelTraining', { training: 't', reason: 'Sairaus' }).thenRefused('training-held');
  });

  it('is counted by region over several, where somebody came', () => {
    expect(attendanceByRegion([figures, [{ region: '19', participants: 6 }], [{ region: '01', participants: 0 }]])).toEqual([
      { region: '12', trainings: 1, participants: 7 },
      { region: '19', trainings: 2, participants: 10 },
    ]);
  });
});
