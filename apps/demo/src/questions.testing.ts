/** What a process recorded, told on a line. */
const byProcess = /"effectiveAt": "(?<at>[^"]+)".*"role": "process"/;

/** A page for comparison: what processes recorded about one instant, line after line, is in any order, since none of them waits for another. */
export function inAnyOrderOfProcesses(page: string): string {
  const lines: string[] = [];
  const run: string[] = [];
  let instant: string | undefined;
  for (const line of page.split('\n')) {
    const at = byProcess.exec(line)?.groups?.['at'];
    if (at !== instant) lines.push(...run.splice(0).sort());
    instant = at;
    if (at === undefined) lines.push(line);
    else run.push(line.replace(/,$/, ''));
  }
  return [...lines, ...run.sort()].join('\n');
}
