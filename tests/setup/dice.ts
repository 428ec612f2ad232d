/** Returns a whole number from 0 to below `count`. */
export type Dice = (count: number) => number

/**
 * A random number generator that gives the same numbers at every run, to vary test inputs. A linear congruential generator: good enough for that, and
 * for nothing else.
 */
export function makeDice(seed: number): Dice {
  let state = seed
  return (count) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * count)
  }
}

/** Picks one of the items at random. @throws when there are none. */
export function pick<T>(dice: Dice, items: readonly T[]): T {
  const item = items[dice(items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}
