import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Whose tokens the servers trust. */
export interface Trusted {
  readonly issuer: string;
  readonly audience: string;
  /** Where its public key is. */
  readonly jwks: string;
}

export interface IdentityProvider extends AsyncDisposable {
  readonly trusted: Trusted;
  /** Of a presenter of the ministry, for an hour. */
  readonly token: string;
}

/** An identity provider that publishes its key and has signed one token. */
export async function identityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA', kid: 'bench' }] });
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(keys)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = new SignJWT({ roles: ['ministry-presenter'] }).setProtectedHeader({ alg: 'EdDSA', kid: 'bench' });
  return {
    trusted: { issuer, audience: 'bench', jwks: `${issuer}/jwks` },
    token: await token.setIssuer(issuer).setAudience('bench').setSubject('bench').setIssuedAt().setExpirationTime('1h').sign(privateKey),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
