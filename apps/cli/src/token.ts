import { limitOf } from '#access/policy';
import { DevelopmentIssuer } from '#access/tokens';
import { DataFolder } from '#system/data-folder';
import { CannotStart, isProductionIn, readSettings } from '#system/settings';

export interface TokenOptions {
  readonly role: readonly string[];
  readonly region?: string;
  readonly organisation?: string;
  readonly subject: string;
  readonly lifetime: string;
}

/** Prints a token of the development issuer, whose key lies in the data folder. */
export async function printToken({ role, region, organisation, subject, lifetime }: TokenOptions): Promise<void> {
  const { identityProvider, dataFolder } = readSettings({ ...process.env, NODE_ENV: undefined });
  if (isProductionIn(process.env))
    throw new CannotStart('Development tokens are not made in production: get one from your identity provider.');
  if (identityProvider) throw new CannotStart('OIDC_ISSUER is set, so this installation accepts the tokens of its identity provider only.');
  if (!/^\d+ ?[smhdwy]$/.test(lifetime))
    throw new CannotStart(`--lifetime is no time: «${lifetime}». Give a number and s, m, h, d, w or y: 8h.`);
  if (role.some((one) => limitOf(one) === 'region') && region === undefined)
    throw new CannotStart('--region is missing: a regional coordinator acts for one region, such as --region 19.');
  if (role.some((one) => limitOf(one) === 'organisation') && organisation === undefined)
    throw new CannotStart(
      '--organisation is missing: a signatory or a provider acts for one organisation, such as --organisation council-19.',
    );
  const folder = new DataFolder(dataFolder);
  folder.checkWritable();
  const issuer = await DevelopmentIssuer.open(folder.path);
  process.stdout.write(
    `${await issuer.token(subject, { roles: role, ...(region && { region }), ...(organisation && { organisation }) }, lifetime)}\n`,
  );
}
