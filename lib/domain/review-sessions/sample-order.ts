import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import { DomainError } from '@/lib/domain/errors'

/** The largest seed: it fits a signed 32-bit column in both databases. */
export const largestSeed = 2_147_483_647

/**
 * The whole numbers from 0 to `count` − 1 in a random order, every order equally likely: the shuffle of Fisher and Yates (1938) in
 * Durstenfeld's form (1964), driven by the Mersenne Twister MT19937 with `init_genrand(seed)` (Matsumoto and Nishimura 1998), numbers drawn
 * without modulo bias. The same count and seed give the same order, for ever and on every machine.
 *
 * The order is built from the front: place `k` is settled after `k + 1` draws.
 * @throws DomainError `invalid` when the seed is not a whole number from 0 to `largestSeed`.
 */
export function drawOrder(count: number, seed: number): number[] {
  if (!Number.isInteger(seed) || seed < 0 || seed > largestSeed) {
    throw new DomainError('invalid', `A seed is a whole number from 0 to ${largestSeed}.`)
  }
  const generator = mersenne(seed)
  const order = Array.from({ length: count }, (_, place) => place)
  for (let place = 0; place < count - 1; place += 1) {
    const drawn = uniformInt(generator, place, count - 1)
    const kept = order[place] ?? place
    order[place] = order[drawn] ?? drawn
    order[drawn] = kept
  }
  return order
}
