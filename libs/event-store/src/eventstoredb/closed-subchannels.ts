import { Subchannel } from '@grpc/grpc-js/build/src/subchannel.js';

interface Hidden {
  refcount: number;
  continueConnecting: boolean;
  handleBackoffTimer: (this: Hidden) => void;
}

/**
 * Mends a defect of grpc-js (1.14.7): a subchannel whose channel is closed while it pauses after a failed attempt connects
 * once more after the pause, and nobody ever closes that connection. EventStoreDB's client closes its channel at each call
 * that fails, so that every outage would leave a connection for many of its calls.
 */
const hidden = Subchannel.prototype as unknown as Hidden;
const goOn = hidden.handleBackoffTimer;
hidden.handleBackoffTimer = function () {
  if (this.refcount === 0) this.continueConnecting = false;
  goOn.call(this);
};
