import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SyncPlace } from './sync-place.js';

/** Whether the disk's sync, which took so many milliseconds, was done on the thread that answers. */
function synced(place: SyncPlace, milliseconds: number): boolean {
  const { isHere } = place;
  const handedOver = isHere ? 0 : 0.15;
  place.took(milliseconds + handedOver);
  return isHere;
}

describe('where a sync is done', () => {
  it('is the thread that answers while the disk is quick, after it was quick for a while', () => {
    const place = new SyncPlace();
    const here = Array.from({ length: 200 }, () => synced(place, 0.1));
    expect(here[0]).toBe(false);
    expect(here.slice(100)).not.toContain(false);
  });

  it('is never the thread that answers where the disk is slow', () => {
    const place = new SyncPlace();
    const here = Array.from({ length: 10_000 }, () => synced(place, 4));
    expect(here).not.toContain(true);
  });

  it('is another thread after one that took long, whatever came before', () => {
    const took = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
    fc.assert(
      fc.property(fc.array(took(0.02, 20)), took(6, 1_000), (before, last) => {
        const place = new SyncPlace();
        for (const milliseconds of before) synced(place, milliseconds);
        synced(place, last);
        expect(place.isHere).toBe(false);
      }),
    );
  });

  it('keeps nobody waiting much for a disk that is slow now and then', () => {
    const place = new SyncPlace();
    let waited = 0;
    for (let sync = 0; sync < 10_000; sync++) {
      const milliseconds = sync % 200 === 0 ? 50 : 0.1;
      if (synced(place, milliseconds)) waited += milliseconds;
    }
    expect(waited / 10_000).toBeLessThan(0.4);
    for (let sync = 0; sync < 10_000; sync++) expect(synced(place, sync % 50 === 0 ? 50 : 0.1) && sync > 0).toBe(false);
  });

  it('is the thread that answers again once a disk that was slow is quick', () => {
    const place = new SyncPlace();
    for (let sync = 0; sync < 1_000; sync++) synced(place, 8);
    for (let sync = 0; sync < 1_000; sync++) synced(place, 0.1);
    expect(place.isHere).toBe(true);
  });
});
