import { createHmac, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createLocalJWKSet, errors, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JWK, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { entry } from '#kernel/keyed';
import { Failed, failures, type Details } from '#kernel/refused';
import { keyPattern } from '#kernel/schemas';
import { regionCodes, regions } from '#kernel/region';
import { madeOnce } from './made-once.js';
import { ProviderKeys } from './provider-keys.js';
import { limitOf, roles as knownRoles, type Claims, type Scope } from './policy.js';
import { roleNames } from './role-names.js';

export const { texts: accessFailures, fail } = failures({
  'sign-in-needed': {
    fi: 'Tämä vaatii kirjautumisen: lähetä pyynnön otsakkeessa Authorization: Bearer ja pääsytunniste.',
    sv: 'Detta kräver inloggning: skicka begäran med huvudet Authorization: Bearer och en åtkomsttoken.',
    en: 'This needs a signed-in caller: send the request with the header Authorization: Bearer and a token.',
  },
  'token-invalid': {
    fi: 'Pääsytunniste ei kelpaa ({reason}). Hanki uusi ja lähetä pyyntö uudelleen.',
    sv: 'Åtkomsttoken godkänns inte ({reason}). Skaffa en ny och skicka begäran igen.',
    en: 'The token is not valid ({reason}). Get a new one and send the request again.',
    terms: {
      reason: {
        'not-bearer': {
          fi: 'otsake ei ole «Bearer …»',
          sv: 'huvudet är inte «Bearer …»',
          en: 'the header is not «Bearer …»',
        },
        unreadable: { fi: 'sitä ei voi lukea', sv: 'den kan inte läsas', en: 'it cannot be read' },
        expired: { fi: 'sen voimassaolo on päättynyt', sv: 'dess giltighet har gått ut', en: 'it has expired' },
        claim: {
          fi: 'tieto {claim} puuttuu tai on väärä',
          sv: 'uppgiften {claim} saknas eller är fel',
          en: 'its claim {claim} is missing or wrong',
        },
        signature: { fi: 'sen allekirjoitus ei täsmää', sv: 'dess signatur stämmer inte', en: 'its signature does not match' },
        key: {
          fi: 'sen allekirjoitusavain ei ole käytössä',
          sv: 'dess signeringsnyckel är inte i bruk',
          en: 'the key of its signature is not in use',
        },
        algorithm: {
          fi: 'sen allekirjoitustapaa ei hyväksytä',
          sv: 'dess signeringssätt godkänns inte',
          en: 'its way of signing is not accepted',
        },
      },
    },
  },
  'identity-provider-unavailable': {
    fi: 'Kirjautumista ei voi nyt tarkistaa, koska tunnistuspalveluun ei saada yhteyttä. Yritä hetken päästä uudelleen.',
    sv: 'Inloggningen kan inte kontrolleras just nu, eftersom identifieringstjänsten inte nås. Försök igen om en stund.',
    en: 'Who you are cannot be checked just now, since the identity provider cannot be reached. Try again in a moment.',
  },
  'not-permitted': {
    fi: '{scope}',
    sv: '{scope}',
    en: '{scope}',
    terms: {
      roles: roleNames,
      needed: roleNames,
      region: regions,
      ownRegion: regions,
      scope: {
        any: {
          fi: 'Roolisi ({roles}) eivät salli tätä ({what}). Siihen tarvitaan jokin näistä: {needed}.',
          sv: 'Dina roller ({roles}) tillåter inte detta ({what}). Det kräver någon av dessa: {needed}.',
          en: 'Your roles ({roles}) do not permit this ({what}). It needs one of: {needed}.',
        },
        region: {
          fi: 'Tämä ({what}) koskee maakuntaa {region}, mutta sinun maakuntasi on {ownRegion}. Tarkista maakunta tai pyydä sen omaa koordinoijaa tekemään se.',
          sv: 'Detta ({what}) gäller landskapet {region}, men ditt landskap är {ownRegion}. Kontrollera landskapet eller be dess egen samordnare göra det.',
          en: 'This ({what}) is about the region {region}, but yours is {ownRegion}. Check the region, or ask its own coordinator to do it.',
        },
        organisation: {
          fi: 'Tämä ({what}) koskee organisaatiota {organisation}, mutta sinun organisaatiosi on {ownOrganisation}. Tarkista organisaatio.',
          sv: 'Detta ({what}) gäller organisationen {organisation}, men din organisation är {ownOrganisation}. Kontrollera organisationen.',
          en: 'This ({what}) is about the organisation {organisation}, but yours is {ownOrganisation}. Check the organisation.',
        },
        'region-not-given': {
          fi: 'Tästä ({what}) puuttuu maakunta, jota se koskee. Sinun maakuntasi on {ownRegion}: anna se.',
          sv: 'Det framgår inte vilket landskap detta ({what}) gäller. Ditt landskap är {ownRegion}: ange det.',
          en: 'It is not said which region this ({what}) is about. Yours is {ownRegion}: give it.',
        },
        'organisation-not-given': {
          fi: 'Tästä ({what}) puuttuu organisaatio, jota se koskee. Sinun organisaatiosi on {ownOrganisation}: anna se.',
          sv: 'Det framgår inte vilken organisation detta ({what}) gäller. Din organisation är {ownOrganisation}: ange den.',
          en: 'It is not said which organisation this ({what}) is about. Yours is {ownOrganisation}: give it.',
        },
        'no-region': {
          fi: 'Tunnuksestasi puuttuu maakunta, jonka puolesta toimit ({what}). Pyydä ylläpitoa lisäämään se.',
          sv: 'Din behörighet saknar det landskap som du agerar för ({what}). Be administratören lägga till det.',
          en: 'Your token names no region for which you act ({what}). Ask the operators to add it.',
        },
        'no-organisation': {
          fi: 'Tunnuksestasi puuttuu organisaatio, jonka puolesta toimit ({what}). Pyydä ylläpitoa lisäämään se.',
          sv: 'Din behörighet saknar den organisation som du agerar för ({what}). Be administratören lägga till den.',
          en: 'Your token names no organisation for which you act ({what}). Ask the operators to add it.',
        },
      },
    },
  },
});

/** Why the caller may not: they have none of the roles, or the role is for another region or organisation than what is asked. */
export function notPermitted(what: string, claims: Claims, needed: readonly string[], about: Scope = {}): Failed {
  const { roles, region, organisation } = claims;
  const asked = {
    ...(about.region !== undefined && { region: about.region }),
    ...(about.organisation !== undefined && { organisation: about.organisation }),
    ...(region !== undefined && { ownRegion: region }),
    ...(organisation !== undefined && { ownOrganisation: organisation }),
  };
  return fail('not-permitted', { what, roles, needed, scope: wrongIn(claims, needed, about), ...asked });
}

/** What is wrong: the roles, or the region or organisation within which one of them would do. */
function wrongIn(claims: Claims, needed: readonly string[], about: Scope): string {
  const limit = limitOf(needed.find((role) => claims.roles.includes(role)));
  if (limit === undefined) return 'any';
  if (claims[limit] === undefined) return `no-${limit}`;
  return about[limit] === undefined ? `${limit}-not-given` : limit;
}

/** Who sends a request. */
export interface Caller extends Claims {
  /** The pseudonym under which events name them: an HMAC of issuer and subject. */
  readonly id: string;
  /** Issuer and subject as the token has them. Never stored. */
  readonly name: string;
  /** When the token ends, in milliseconds since 1970. */
  readonly until: number;
}

/** Whose tokens are trusted. */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  /** Until when what was verified with the keys may be taken for good, in milliseconds since 1970. */
  readonly freshUntil: () => number;
}

const developmentIssuer = 'digituki-development';
const developmentAudience = 'digituki';

/** An identity provider whose keys are fetched, and refreshed, from its JWKS address. */
export function remoteIssuer(issuer: string, audience: string, jwks: URL): Issuer {
  const keys = new ProviderKeys(jwks);
  return { issuer, audience, keys: (header, token) => keys.keyOf(header, token), freshUntil: () => keys.freshUntil };
}

/** Verifies bearer tokens. A token that was found good is remembered until it ends, or its key may have been withdrawn. */
export class Tokens {
  private readonly verified = new LRUCache<string, { readonly caller: Caller; readonly until: number }>({ max: 10_000 });

  constructor(
    private readonly issuer: Issuer,
    private readonly pseudonymKey: Buffer,
    private readonly now: () => number = Date.now,
    /** The organisations that one has succeeded. */
    private readonly predecessors: (organisation: string) => Promise<readonly string[]> = async () => [],
  ) {}

  /** The caller that the Authorization header names; undefined without one. @throws Failed `token-invalid`, `identity-provider-unavailable` */
  async callerOf(authorization: string | undefined): Promise<Caller | undefined> {
    const caller = authorization === undefined ? undefined : await this.verifiedCaller(authorization);
    if (caller?.organisation === undefined) return caller;
    const succeeds = await this.predecessors(caller.organisation);
    return succeeds.length === 0 ? caller : { ...caller, succeeds };
  }

  private async verifiedCaller(authorization: string): Promise<Caller> {
    const known = this.verified.get(authorization);
    if (known && this.now() < known.until) return known.caller;
    const [scheme, token] = authorization.split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw fail('token-invalid', { reason: 'not-bearer' });
    try {
      const { issuer, audience, keys } = this.issuer;
      const { payload } = await jwtVerify(token, keys, { issuer, audience, requiredClaims: ['sub', 'exp'] });
      const caller = this.callerFrom(payload);
      this.verified.set(authorization, { caller, until: Math.min(caller.until, this.issuer.freshUntil()) });
      return caller;
    } catch (error) {
      if (error instanceof Failed) throw error;
      const isNoAnswer = error instanceof errors.JWKSTimeout || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC');
      if (error instanceof errors.JOSEError && !isNoAnswer) throw fail('token-invalid', reasonOf(error));
      throw fail('identity-provider-unavailable', {}, { cause: error });
    }
  }

  private callerFrom(payload: Record<string, unknown>): Caller {
    const text = (claim: string) => {
      const value = entry(payload, claim);
      return typeof value === 'string' ? value : undefined;
    };
    const roles = Array.isArray(payload['roles'])
      ? payload['roles'].filter((role: unknown): role is string => knownRoles.includes(role as never))
      : [];
    const subject = text('sub');
    if (!subject?.trim()) throw fail('token-invalid', { reason: 'claim', claim: 'sub' });
    const name = `${text('iss')}|${subject}`;
    const id = `person-${createHmac('sha256', this.pseudonymKey).update(name).digest('hex').slice(0, 32)}`;
    const [organisation, region] = [text('organisation'), text('region')];
    if (region !== undefined && !regionCodes.includes(region as never)) throw fail('token-invalid', { reason: 'claim', claim: 'region' });
    if (organisation !== undefined && !new RegExp(keyPattern).test(organisation))
      throw fail('token-invalid', { reason: 'claim', claim: 'organisation' });
    return { id, name, roles, until: (payload['exp'] as number) * 1000, ...(organisation && { organisation }), ...(region && { region }) };
  }
}

/** Why a token is not accepted, by the terms of `token-invalid`. */
function reasonOf(error: errors.JOSEError): Details {
  if (error instanceof errors.JWTExpired) return { reason: 'expired' };
  if (error instanceof errors.JWTClaimValidationFailed) return { reason: 'claim', claim: error.claim };
  if (error instanceof errors.JWSSignatureVerificationFailed) return { reason: 'signature' };
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) return { reason: 'key' };
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) return { reason: 'algorithm' };
  return { reason: 'unreadable' };
}

/** The issuer of tokens for development: its key lies in the data folder, and is made when it is first needed. */
export class DevelopmentIssuer {
  private constructor(private readonly jwk: JWK) {}

  static async open(dataFolder: string): Promise<DevelopmentIssuer> {
    const kept = await madeOnce(join(dataFolder, 'development-issuer.json'), async () => {
      const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
      return JSON.stringify({ ...(await exportJWK(privateKey)), alg: 'EdDSA', kid: randomUUID() });
    });
    return new DevelopmentIssuer(JSON.parse(kept.toString()) as JWK);
  }

  get asIssuer(): Issuer {
    const { d: _private, ...publicKey } = this.jwk;
    return {
      issuer: developmentIssuer,
      audience: developmentAudience,
      keys: createLocalJWKSet({ keys: [publicKey] }),
      freshUntil: () => Infinity,
    };
  }

  /** A signed token for a person of that name, with that role and scope. `lifetime` as jose reads it: «8h», «30d». */
  async token(subject: string, { roles, organisation, region }: Claims, lifetime: string): Promise<string> {
    return new SignJWT({ roles, organisation, region })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.jwk.kid ?? '' })
      .setIssuer(developmentIssuer)
      .setAudience(developmentAudience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(await importJWK(this.jwk, 'EdDSA'));
  }
}
