import type { AlarmClock } from '#kernel/clock';

/** How long an alarm waits before it looks at the clock again: the clock may be set, the machine may sleep. */
const longest = 60_000;

/** The machine's clock. An alarm does not keep the process alive. */
export const systemClock: AlarmClock = {
  now: () => Date.now(),
  alarm(at, ring) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = at - Date.now();
      timer = setTimeout(left > longest ? wait : ring, Math.max(0, Math.min(left, longest)));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
