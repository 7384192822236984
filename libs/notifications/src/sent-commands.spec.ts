import { expect, it } from '@jest/globals';
import type { Due } from '#kernel/process';
import type { Said } from './delivery.service.js';
import type { RequestCommands } from './notification.facts.js';

it('what processes and the delivery send are commands as they are declared, as the compiler says', () => {
  const about = { id: 'n', at: '2026-01-01T00:00:00.000Z', because: 'event-1' };
  const name = { fi: 'Haku (kuvitteellinen)' };
  const content = { notification: 'n', kind: 'call-applications-end', region: '19', about: 'call-c', name, until: '2026-01-02' } as const;
  const due: readonly Due<RequestCommands>[] = [
    { ...about, command: { type: 'RequestNotification', content } },
    // @ts-expect-error no process resends
    { ...about, command: { type: 'ResendNotification', content } },
    // @ts-expect-error there is no such field
    { ...about, command: { type: 'RequestNotification', content: { ...content, abuot: 'call-c' } } },
    // @ts-expect-error there is no such kind
    { ...about, command: { type: 'RequestNotification', content: { ...content, kind: 'call-ends' } } },
  ];
  const started: readonly Said<'StartSending'>[] = [
    { attempt: 1, recipient: 'p' },
    // @ts-expect-error the recipient is not told
    { attempt: 1 },
  ];
  // @ts-expect-error there is no such outcome
  const recorded: Said<'RecordSending'> = { attempt: 1, outcome: 'lost' };
  expect([...due, ...started, recorded]).toHaveLength(7);
});
