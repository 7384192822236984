import { jwtVerify, type JWTPayload } from 'jose';
import { DevelopmentIssuer } from '#access/tokens';

/** The floor of checking a bearer token: jose, and if wanted a map of what was found good. */
export async function bareTokens(issuerFolder: string, remembers: boolean): Promise<(authorization: string | undefined) => Promise<JWTPayload>> {
  const { issuer, audience, keys } = (await DevelopmentIssuer.open(issuerFolder)).asIssuer;
  const verified = new Map<string, JWTPayload>();
  return async (authorization = '') => {
    const known = verified.get(authorization);
    if (known) return known;
    const { payload } = await jwtVerify(authorization.slice('Bearer '.length), keys, { issuer, audience });
    if (remembers) verified.set(authorization, payload);
    return payload;
  };
}
