let isShown = false;

/** Says in one line of the terminal how far the work is; nothing where there is no terminal. */
export function showProgress(progress: object): void {
  if (!process.stderr.isTTY) return;
  const text = Object.entries(progress)
    .map(([what, value]) => `${what} ${value}`)
    .join(', ');
  process.stderr.write(`\r\u001b[K${text}`);
  isShown = true;
}

/** Leaves the line of progress, if there is one. */
export function endProgress(): void {
  if (isShown) process.stderr.write('\n');
  isShown = false;
}

/** Does all of the work, shows how far it is, and gives what it comes to. */
export async function done<Result>(work: AsyncGenerator<object, Result>): Promise<Result> {
  try {
    for (;;) {
      const step = await work.next();
      if (step.done) return step.value;
      showProgress(step.value);
    }
  } finally {
    endProgress();
  }
}
