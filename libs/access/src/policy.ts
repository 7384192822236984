/**
 * The roles, and who may read what. Who may send a command stands at the command (`commandOf`). A part of what can be read
 * is named once here; everything else that can be read is anyone's. The roles are those of docs/glossary.md, and
 * docs/access.md has both tables.
 */
export const roles = [
  'ministry-registrar',
  'ministry-presenter',
  'ministry-decider',
  'ministry-auditor',
  'agency-coordinator',
  'agency-analyst',
  'applicant-signatory',
  'regional-coordinator',
  'provider',
] as const;
export type Role = (typeof roles)[number];

/** The import of the public record: it runs in the process and is no role that a token can give. */
export const importer = 'public-record-importer';

/** A process of the system's own: no role that a token can give, either. */
export const processRole = 'process';

/** Who works on the machine itself, with the tools; no role that a token can give, either. */
export const operator = 'operator';

/** A role whose holders may act only within the region or for the organisation that their token names. */
const limits: Partial<Record<Role, 'region' | 'organisation'>> = {
  'applicant-signatory': 'organisation',
  'regional-coordinator': 'region',
  provider: 'organisation',
};

/** Who a command can admit. */
export type Admitted = Role | typeof importer | typeof processRole | typeof operator;

/** What of the reading side is not anyone's: GraphQL fields as `Type.field`, and rows by what they are. */
export const readPolicy = {
  'Query.projections': ['ministry-auditor', 'agency-analyst', 'ministry-presenter'],
  'Query.controlQuestions': ['ministry-auditor'],
  'Query.decidedAgain': ['ministry-auditor'],
  'Query.processes': ['ministry-auditor', 'agency-analyst', 'ministry-presenter'],
  'Query.audit': ['ministry-auditor', 'agency-analyst', 'ministry-presenter'],
  'Query.trail': ['ministry-auditor'],
  'Query.trailCounts': ['ministry-auditor'],
  'Query.trailEntry': ['ministry-auditor'],
  'Query.trailTree': ['ministry-auditor'],
  'Query.restrictedReads': ['ministry-auditor'],
  'Query.replay': ['ministry-auditor'],
  'Query.compareView': ['ministry-auditor'],
  'calls that are not published': ['ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor', 'agency-analyst'],
  'drafts of plans': ['ministry-auditor', 'agency-analyst', 'regional-coordinator', 'applicant-signatory'],
  'plans submitted for comment': ['agency-coordinator', 'ministry-presenter', 'ministry-decider', 'ministry-auditor', 'agency-analyst'],
  'names in plans': [
    'agency-coordinator',
    'ministry-presenter',
    'ministry-decider',
    'ministry-auditor',
    'regional-coordinator',
    'applicant-signatory',
  ],
  notifications: [
    'ministry-registrar',
    'ministry-presenter',
    'ministry-auditor',
    'agency-coordinator',
    'agency-analyst',
    'regional-coordinator',
    'applicant-signatory',
  ],
  'notifications of drafts': ['ministry-auditor', 'agency-analyst', 'regional-coordinator', 'applicant-signatory'],
  mailboxes: ['ministry-registrar', 'ministry-auditor', 'regional-coordinator', 'applicant-signatory'],
  'evaluations that are proposed': ['agency-coordinator', 'agency-analyst', 'ministry-presenter', 'ministry-decider', 'ministry-auditor'],
  'small counts': [
    'agency-coordinator',
    'agency-analyst',
    'ministry-presenter',
    'ministry-decider',
    'ministry-auditor',
    'regional-coordinator',
  ],
  'drafts of self-evaluations': ['ministry-auditor', 'agency-analyst', 'regional-coordinator'],
  'evidence of self-evaluations': [
    'agency-coordinator',
    'agency-analyst',
    'ministry-presenter',
    'ministry-decider',
    'ministry-auditor',
    'regional-coordinator',
  ],
  'drafts of support structures': [
    'agency-coordinator',
    'agency-analyst',
    'ministry-presenter',
    'ministry-auditor',
    'regional-coordinator',
  ],
  'what the system keeps of itself': ['ministry-auditor'],
  'personal texts that are not public': [
    'ministry-registrar',
    'ministry-presenter',
    'ministry-decider',
    'ministry-auditor',
    'agency-coordinator',
    'applicant-signatory',
    'regional-coordinator',
    'provider',
  ],
  'the pseudonyms of actors': ['ministry-auditor'],
  'Call.presenterDesk': ['ministry-presenter', 'ministry-decider', 'ministry-auditor'],
  'Call.comparison': ['ministry-presenter', 'ministry-decider', 'ministry-auditor', 'agency-analyst'],
  'drafts of applications': ['ministry-auditor', 'agency-analyst', 'regional-coordinator', 'applicant-signatory'],
  'secret parts of applications': ['ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor'],
  'handling of applications': ['ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor', 'agency-analyst'],
  'batches of payments': ['ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor', 'agency-analyst'],
  'accounts of payees': ['ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor', 'applicant-signatory'],
  'files of grants': [
    'ministry-registrar',
    'ministry-presenter',
    'ministry-decider',
    'ministry-auditor',
    'agency-analyst',
    'regional-coordinator',
    'applicant-signatory',
  ],
} as const satisfies Record<string, readonly Role[]>;

/** A part of what can be read that is not anyone's. */
export type Restricted = keyof typeof readPolicy;

/** Under this, claims carry who is told of each part that they are let read. */
export const letRead = Symbol('let read');

/** What a caller's token says of them. */
export interface Claims {
  readonly roles: readonly string[];
  readonly organisation?: string;
  /** The organisations that its own has succeeded: it steps into their matters. The register says it, not the token. */
  readonly succeeds?: readonly string[];
  readonly region?: string;
  readonly [letRead]?: (what: Restricted, role: string, scope: Scope) => void;
}

/** The organisations in whose matters the claims are: their own, and those that it has succeeded. */
export function organisationsOf({ organisation, succeeds = [] }: Pick<Claims, 'organisation' | 'succeeds'>): readonly string[] {
  return organisation === undefined ? [] : [organisation, ...succeeds];
}

/** What a command is about, as far as roles are limited to it. */
export interface Scope {
  readonly region?: string | undefined;
  readonly organisation?: string | undefined;
}

/** The first of the admitted roles that the caller has, within its limits; undefined where there is none. */
export function actingRole(admitted: readonly string[], claims: Claims, scope: Scope = {}): string | undefined {
  return admitted.find((role) => {
    if (!claims.roles.includes(role)) return false;
    const limit = limitOf(role);
    return limit === undefined || isWithin(limit, claims, scope);
  });
}

/** To what the role is limited; undefined where it is to nothing. */
export function limitOf(role: string | undefined): 'region' | 'organisation' | undefined {
  return role === undefined ? undefined : limits[role as Role];
}

function isWithin(limit: 'region' | 'organisation', claims: Claims, scope: Scope): boolean {
  const about = scope[limit];
  if (about === undefined) return false;
  return limit === 'region' ? claims.region === about : organisationsOf(claims).includes(about);
}

/** Whether the caller may read what the table names; some roles only of their own region or organisation, which the scope tells. */
export function mayRead(what: Restricted, claims: Claims | undefined, scope: Scope = {}): boolean {
  const role = claims && actingRole(readPolicy[what], claims, scope);
  if (role === undefined) return false;
  claims?.[letRead]?.(what, role, scope);
  return true;
}

/** Whether whoever acts in the role reads for an authority, and not in a matter of their own. */
export function isOfficial(role: string): boolean {
  return role.startsWith('ministry-') || role.startsWith('agency-');
}
