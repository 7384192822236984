import type { Role } from '#access/policy';
import type { RegionCode } from '#kernel/region';
import type { DemoServer, Person } from './demo-server.js';

/** A question of docs/questions.md, with the answer that stands there. */
const question = /^Asked by (?<who>.+)\.\n\n```graphql\n(?<query>[^`]+)\n```\n\n```json\n[^`]*\n```/gm;
const reader = /^(?:anyone|`(?<role>[a-z-]+)`(?: of `(?<scope>[a-z0-9-]+)`)?)$/;

/** The page with every answer put in its place that the demonstration gives. */
export async function withAnswers(page: string, demo: DemoServer): Promise<string> {
  const answers: string[] = [];
  for (const { groups } of page.matchAll(question)) {
    const { who, query } = groups as { who: string; query: string };
    const { data, errors } = await demo.ask(query, personOf(who));
    const answer = printed(errors ? { errors: errors.map(({ extensions: { code } }) => code) } : data);
    answers.push(`Asked by ${who}.\n\n\`\`\`graphql\n${query}\n\`\`\`\n\n\`\`\`json\n${answer}\n\`\`\``);
  }
  if (answers.length === 0) throw new Error('the page asks nothing');
  return page.replace(question, () => answers.shift() as string);
}

function personOf(who: string): Person | undefined {
  const found = reader.exec(who);
  if (!found)
    throw new Error(`who is «${who}»? Write anyone, or a role with its region or organisation: \`regional-coordinator\` of \`19\``);
  const { role, scope } = found.groups as { role?: Role; scope?: string };
  if (!role) return undefined;
  return { name: `Lukija ${who}`, role, ...(scope && (/^\d\d$/.test(scope) ? { region: scope as RegionCode } : { organisation: scope })) };
}

/** JSON with what fits on a line on a line. */
function printed(value: unknown, indent = ''): string {
  const line = JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');
  if (value === null || typeof value !== 'object' || indent.length + line.length <= 180) return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = Array.isArray(value)
    ? value.map((one) => printed(one, inner))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${printed(one, inner)}`);
  return `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`;
}
