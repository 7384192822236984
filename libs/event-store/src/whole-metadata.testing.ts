import { canonicalJson } from '#kernel/canonical-json';

/** Metadata with all that the envelope asks for, as their canonical text. */
export function wholeMetadata(more: object = {}): string {
  return canonicalJson({
    schemaVersion: 1,
    commandId: '7b2f0c1e-6d0a-4c55-9a55-0d6f5a7a1c01',
    commandHash: '0'.repeat(64),
    correlationId: 'spec',
    causationId: 'spec',
    actor: { id: 'spec', role: 'spec' },
    recordedAt: '2026-01-01T00:00:00.000Z',
    seen: {},
    ...more,
  });
}
