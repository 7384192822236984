/**
 * The server that the environment names, where its bench alone is asked for: `npm run bench -- eventstoredb`. It is filled
 * with what nobody recorded, so that no other words and no bench of everything write into the server of a register.
 */
export function namedServer(
  bench: string,
  variable: 'EVENTSTORE_URL' | 'MONGODB_URL',
  words: readonly string[] = process.argv.slice(2),
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return words.length === 1 && words[0] === bench ? environment[variable] : undefined;
}
