import type { AlarmClock } from '#kernel/clock';

/** The longest time that a timer of Node can wait. */
const longest = 2 ** 31 - 1;

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
