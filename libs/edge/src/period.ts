import type { Day, Instant } from '#kernel/helsinki-time';
import { failures } from '#kernel/refused';
import { lastInstant } from '#kernel/when';

export const { texts: periodFailures, fail } = failures({
  'period-impossible': {
    fi: 'Argumentti period: alku ({from}) on lopun ({to}) jälkeen, tai jakso on yli {most} vuotta. Anna lyhyempi jakso.',
    sv: 'Argumentet period: början ({from}) ligger efter slutet ({to}), eller perioden är längre än {most} år. Ange en kortare period.',
    en: 'The argument period: its beginning ({from}) is after its end ({to}), or it is longer than {most} years. Give a shorter period.',
  },
});

const mostYears = 20;
/** A longer period is told by years. */
const mostMonths = 24;

/** The last instants of the months of a period, or of its years where it is long; the last one is the period’s own end. @throws Failed `period-impossible` */
export function stepsOf({ from, to }: { readonly from: Day; readonly to: Day }): readonly Instant[] {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  if (from > to || last.year - first.year > mostYears) throw fail('period-impossible', { from, to, most: mostYears });
  const months = (last.year - first.year) * 12 + last.month - first.month + 1;
  const steps: Instant[] = [];
  for (let month = first.toPlainYearMonth(); ; month = month.add({ months: 1 })) {
    const end = month.toPlainDate({ day: month.daysInMonth });
    if (Temporal.PlainDate.compare(end, last) >= 0) return [...steps, lastInstant(to)];
    if (months <= mostMonths || end.month === 12) steps.push(lastInstant(end.toString()));
  }
}
