import type { Interval } from '../statistics/intervals'

/** A share with the interval that goes with it, however that was made. */
export interface ShareWithInterval extends Interval {
  share: number
}

/** `first` less `second`; all three lie in [-1, 1]. */
export interface ShareDifference extends Interval {
  difference: number
}

/**
 * The difference of two shares of separate samples with its 95 % interval, by squaring and adding the arms of both intervals: method 10 of Newcombe (1998)
 * when these are Wilson's on the plain counts. From Wilson's on effective sizes it carries their allowance for clusters along (Zou and Donner 2008).
 */
export function differenceOfShares(first: ShareWithInterval, second: ShareWithInterval): ShareDifference {
  const difference = first.share - second.share
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(first.share - first.low, second.high - second.share)),
    high: Math.min(1, difference + Math.hypot(first.high - first.share, second.share - second.low)),
  }
}
