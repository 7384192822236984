import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import type { Trusted } from './identity-provider.js';

/** The floor of checking a bearer token: jose, and if wanted a map of what was found good. */
export function bareTokens(
  { issuer, audience, jwks }: Trusted,
  remembers: boolean,
): (authorization: string | undefined) => Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(jwks));
  const verified = new Map<string, JWTPayload>();
  return async (authorization = '') => {
    const known = verified.get(authorization);
    if (known) return known;
    const { payload } = await jwtVerify(authorization.slice('Bearer '.length), keys, { issuer, audience });
    if (remembers) verified.set(authorization, payload);
    return payload;
  };
}
