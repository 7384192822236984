import type { RegionCode } from '#kernel/region';
import type { Attendance } from './training.events.js';

/** How much a region took part in training. */
export interface RegionalAttendance {
  readonly region: RegionCode;
  /** How many trainings somebody of the region took part in. */
  readonly trainings: number;
  readonly participants: number;
}

/** The attendance of several trainings by region, in the order of regions; one that took part in none is not among them. */
export function attendanceByRegion(held: readonly (readonly Attendance[])[]): readonly RegionalAttendance[] {
  const sums = new Map<RegionCode, RegionalAttendance>();
  for (const { region, participants } of held.flat()) {
    if (participants === 0) continue;
    const before = sums.get(region) ?? { region, trainings: 0, participants: 0 };
    sums.set(region, { region, trainings: before.trainings + 1, participants: before.participants + participants });
  }
  return [...sums.values()].sort((a, b) => (a.region < b.region ? -1 : 1));
}
