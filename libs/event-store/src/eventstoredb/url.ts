/** The options that client 6.2.1 knows. It prints the whole connection string, password and all, where it meets another one. */
const knownOptions = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'throwOnAppendFailure',
  'tls',
  'tlsCAFile',
  'tlsVerifyCert',
  'userCertFile',
  'userKeyFile',
];

/** Those that name files. */
const fileOptions = ['tlsCAFile', 'userCertFile', 'userKeyFile'];

const beforeHosts = /^\s*esdb(?:\+discover)?:\/\/(?:[^:]+:([^@]+)@)?/;
const flat = (name: string) => name.trim().toLowerCase().replace(/[_-]/g, '');

const addressInNumbers = /^(?:\d+(?:\.\d+){3}|\[.*\])(?::|$)/;

/** What may be told of a connection string: its hosts. */
export function hostsOf(url: string): string {
  return url.replace(beforeHosts, '').replace(/[/?].*$/s, '');
}

/** Throws TypeError, without the connection string, for what the client would not take or would print. */
export function checkUrl(url: string): void {
  const found = beforeHosts.exec(url);
  if (!found) throw unreadableUrl();
  const [, password] = found;
  if (password?.includes(':'))
    throw new TypeError(
      'the URL of EventStoreDB has a password with a colon, of which its client would send what stands before it: write it as %3A',
    );
  let tls = true;
  for (const [name, value] of optionsOf(url)) {
    if (name === undefined || name === '') continue;
    if (flat(name) === 'tls') tls = value?.trim() !== 'false';
    if (!knownOptions.some((known) => flat(known) === flat(name)))
      throw new TypeError(`the URL of EventStoreDB has the option «${name}», which its client does not know`);
    if (flat(name) === 'tlsverifycert' && value?.trim() === 'false')
      throw new TypeError(
        'the URL of EventStoreDB says tlsVerifyCert=false, which its client cannot do: name the certificate of the authority with tlsCAFile',
      );
  }
  if (!tls && password !== undefined)
    throw new TypeError(
      'the URL of EventStoreDB names a user and says tls=false, and its client sends no password without TLS: take TLS, or, where the server runs with --insecure and asks nobody, leave the user out',
    );
  if (
    tls &&
    hostsOf(url)
      .split(',')
      .some((host) => addressInNumbers.test(host.trim()))
  )
    throw new TypeError(
      'the URL of EventStoreDB asks for TLS at an address in numbers, which its client cannot do: give the name that the certificate is for, or tls=false',
    );
}

/** The files that the connection string names, each with its option. */
export function filesOf(url: string): readonly (readonly [option: string, path: string])[] {
  return optionsOf(url).flatMap(([name = '', value = '']) =>
    fileOptions.some((option) => flat(option) === flat(name)) ? [[name, decodeURIComponent(value)] as const] : [],
  );
}

function optionsOf(url: string): readonly string[][] {
  const query = url.replace(beforeHosts, '').split('?').slice(1).join('&');
  return query.split('&').map((option) => option.split('='));
}

export function unreadableUrl(): TypeError {
  return new TypeError('the URL of EventStoreDB cannot be read: it looks like esdb://user:password@host:2113?tls=true');
}
