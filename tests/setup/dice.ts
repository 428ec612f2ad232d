/** Throws a whole number from 0 to below `count`. */
export type Dice = (count: number) => number

/** Dice that fall the same way at every run, to vary what a test makes. A linear congruence: good enough for that, and for nothing else. */
export function makeDice(seed: number): Dice {
  let state = seed
  return (count) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * count)
  }
}

/** One of some items, as the dice fall. @throws when there are none. */
export function pick<T>(dice: Dice, items: readonly T[]): T {
  const item = items[dice(items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}
