/** What a lockfile of npm says of a package. */
interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

const sha512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const registry = 'https://registry.npmjs.org/';

/** The packages that the lockfile does not hold to their content: npm would install whatever a registry gives under their name. */
export function lockFaults({ packages }: { readonly packages: Readonly<Record<string, Locked>> }): readonly string[] {
  return Object.entries(packages).flatMap(([path, { version, resolved, integrity, link }]) => {
    // The project itself, and what lies in it.
    if (path === '' || link) return [];
    const faults = [
      ...(integrity === undefined ? ['has no integrity'] : sha512.test(integrity) ? [] : ['has an integrity that is no SHA-512']),
      ...(resolved === undefined || resolved.startsWith(registry) ? [] : ['comes from elsewhere than the registry']),
    ];
    return faults.map((fault) => `package-lock.json: ${path} ${version ?? ''} ${fault}`);
  });
}
