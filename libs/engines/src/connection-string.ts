/** The address of a server as it may be shown: without user, password and options. */
export function withoutCredentials(address: string): string {
  return address.replace(/^([^/]*\/\/).*@/s, '$1').replace(/\?.*$/s, '');
}
