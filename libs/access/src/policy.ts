/**
 * Who may do what: the one table of roles. A command or a part of what can be read is named once here; what is not
 * named is nobody's, except that everything else that can be read is anyone's. The roles are those of docs/glossary.md.
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

/** A role whose holders may act only within the region or for the organisation that their token names. */
const limits: Partial<Record<Role, 'region' | 'organisation'>> = {
  'applicant-signatory': 'organisation',
  'regional-coordinator': 'region',
  provider: 'organisation',
};

export const commandPolicy = {
  RegisterOrganisation: ['ministry-registrar', 'ministry-presenter', importer],
  RenameOrganisation: ['ministry-registrar', 'ministry-presenter', importer],
  SucceedOrganisation: ['ministry-registrar', 'ministry-presenter', importer],

  PlanCall: ['ministry-presenter', importer],
  PublishCall: ['ministry-presenter', importer],
  PublishCallMaterial: ['ministry-presenter'],
  NameCallContact: ['ministry-presenter', importer],
  AmendCallTerms: ['ministry-presenter'],
  ExtendCallDeadline: ['ministry-presenter'],
  CloseCall: ['ministry-presenter', importer, processRole],
  CancelCall: ['ministry-presenter'],
  RecordSelectionFromSource: [importer],
  RecordSourceStatement: [importer],

  PublishOperatingModel: ['agency-coordinator'],
  ReviseOperatingModel: ['agency-coordinator'],
  GiveOperatingModelFeedback: ['regional-coordinator'],
  ProposeRegionalRoleEvaluation: ['agency-coordinator'],
  ConfirmRegionalRoleEvaluation: ['ministry-presenter'],

  SetAppropriation: ['ministry-decider', importer],
  AdjustAppropriation: ['ministry-decider'],

  RecordApplicationFromSource: [importer],
} as const satisfies Record<string, readonly (Role | typeof importer | typeof processRole)[]>;

/** What of the reading side is not anyone's: GraphQL fields as `Type.field`, and rows by what they are. */
export const readPolicy = {
  'Query.projections': ['ministry-auditor', 'agency-analyst', 'ministry-presenter'],
  'Query.processes': ['ministry-auditor', 'agency-analyst', 'ministry-presenter'],
  'calls that are not published': ['ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor', 'agency-analyst'],
  'evaluations that are proposed': ['agency-coordinator', 'agency-analyst', 'ministry-presenter', 'ministry-decider', 'ministry-auditor'],
} as const satisfies Record<string, readonly Role[]>;

/** What a caller's token says of them. */
export interface Claims {
  readonly roles: readonly string[];
  readonly organisation?: string;
  readonly region?: string;
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
    const limit = limits[role as Role];
    return limit === undefined || (claims[limit] !== undefined && claims[limit] === scope[limit]);
  });
}

/** Whether the caller may read what the table names. */
export function mayRead(what: keyof typeof readPolicy, claims: Claims | undefined): boolean {
  return claims !== undefined && actingRole(readPolicy[what], claims) !== undefined;
}
