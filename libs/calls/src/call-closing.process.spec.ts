import { expect, it } from '@jest/globals';
import { callClosing } from './call-closing.process.js';

it('the closing of a call is due as a command that there is, as the compiler says', () => {
  const about = { id: 'close', at: '2026-01-01T00:00:00.000Z', because: 'event-1' };
  const due: ReturnType<typeof callClosing.due> = [
    { ...about, command: { type: 'CloseCall', content: { call: 'c' } } },
    // @ts-expect-error there is no such command
    { ...about, command: { type: 'ClozeCall', content: { call: 'c' } } },
    // @ts-expect-error the field has another name
    { ...about, command: { type: 'CloseCall', content: { cal: 'c' } } },
  ];
  expect(callClosing.due({ isPublished: true, closes: about.at, because: about.because }, 'c')).toMatchObject([
    due[0]?.command && { command: due[0].command },
  ]);
});
