import { describe, expect, it } from '@jest/globals';
import { outageReason, troubleText } from './outage.js';
import { Failed } from '#kernel/refused';

describe('the reason of an outage', () => {
  it.each([
    ['getaddrinfo ENOTFOUND nowhere.example', 'host-unknown'],
    ['Name resolution failed for target dns:nowhere.example:2113', 'host-unknown'],
    ['No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: ', 'no-connection'],
    ['self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca', 'certificate-refused'],
    ["Hostname/IP does not match certificate's altnames: Host: a. is not in the cert's altnames: DNS:b", 'certificate-refused'],
    ['error:0A00010B:SSL routines:tls_validate_record_header:wrong version number', 'no-tls'],
    ['Failed to discover after 10 attempts.', 'none-answers'],
    ['connection 3 to 127.0.0.1:27017 timed out', 'no-answer'],
    ['connection <monitor> to 127.0.0.1:27017 closed', 'cut-off'],
    ['read ECONNRESET', 'cut-off'],
    ['Connection dropped', 'cut-off'],
    ['Received RST_STREAM with code 1 (Protocol error)', 'cut-off'],
  ])('is a code where a client says: %s', (said, code) => {
    expect(outageReason(said)).toBe(code);
  });

  it('else is what the client says, in quotes, without credentials and addresses', () => {
    expect(outageReason('mongodb://user:open-sesame@host.example:27017 is out of order')).toBe('«… is out of order»');
  });

  it('is told to operators with what the client said, in one line and without credentials', () => {
    const cause = new Error('esdb://user:open-sesame@10.0.0.2:2113\n says no');
    expect(troubleText(new Failed('log-unavailable', { reason: 'no-answer' }, { cause }))).toBe(
      'the server did not answer in time («esdb://10.0.0.2:2113 says no»)',
    );
    expect(troubleText(new Failed('log-unavailable', { reason: '«says no»' }, { cause }))).toBe('«says no»');
    expect(troubleText(new Failed('log-uncertain', { seconds: 5 }))).toBe('log-uncertain');
    expect(troubleText(new Error('a fault'))).toBe('a fault');
  });
});
