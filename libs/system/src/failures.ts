import { trailFailures } from '#trail/trail.failures';
import { auditFailures } from '#audit/audit.failures';
import { accessFailures } from '#access/tokens';
import { documentFailures } from '#documents/documents.failures';
import { connectionFailures } from '#edge/connection';
import { decidedAgainFailures } from '#controls/decided-again.failures';
import { edgeFailures } from '#edge/errors';
import { exportFailures } from '#edge/export';
import { limitFailures } from '#edge/limits';
import { periodFailures } from '#edge/period';
import { variablesFailures } from '#edge/variables';
import { eventsFailures } from '#edge/events';
import { subscriptionFailures } from '#edge/subscription-client';
import { validationFailures } from '#edge/validation';
import { viewFailures } from '#edge/views';
import { codecFailures } from '#event-store/codec.failures';
import { logFailures } from '#event-store/event-log';
import { decidingRefusals } from '#event-store/deciding.refusals';
import { handleFailures } from '#event-store/handle.failures';
import type { ErrorTexts } from '#kernel/refused';
import { keyFailures } from '#keys/key-store';
import { logKeyFailures } from '#keys/log-keys';
import { historyFailures } from '#subscriptions/history';
import { viewStoreFailures } from '#view-store/view-store';
import { checkpointFailures } from '#views/fold/projection-run.failures';
import { skippingFailures } from '#views/skip/skipping.failures';
import { scanFailures } from '#views/past/prefix-scanner';
import { projectionFailures } from '#views/run/projection-runner.failures';

/** The texts of the failures of the plumbing. */
export const failureTexts: readonly ErrorTexts[] = [
  accessFailures,
  keyFailures,
  logKeyFailures,
  codecFailures,
  logFailures,
  decidingRefusals,
  handleFailures,
  projectionFailures,
  historyFailures,
  scanFailures,
  viewStoreFailures,
  checkpointFailures,
  skippingFailures,
  viewFailures,
  edgeFailures,
  limitFailures,
  variablesFailures,
  connectionFailures,
  periodFailures,
  eventsFailures,
  exportFailures,
  subscriptionFailures,
  validationFailures,
  auditFailures,
  decidedAgainFailures,
  documentFailures,
  trailFailures,
];
