import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import { DomainError } from '@/lib/domain/errors'

/** The largest seed: it fits a signed 32-bit column in both databases. */
export const largestSeed = 2_147_483_647

/**
 * The whole numbers from 0 to `count` − 1 in a random order, every order equally likely: the shuffle of Fisher and Yates (1938) in Durstenfeld's form
 * (1964), driven by the Mersenne Twister MT19937 with `init_genrand(seed)` (Matsumoto and Nishimura 1998), with numbers drawn without modulo bias.
 * The same count and seed always give the same order on every machine.
 *
 * The order is built from the front: index `k` is final after `k + 1` draws.
 * @throws DomainError `invalid` when the seed is not a whole number from 0 to `largestSeed`
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

/** The version of the method. It is raised whenever the same frame, size and seed would give another sample. */
export const sampleMethodVersion = 1

/** A random sample with everything needed to draw it again. */
export interface Sample {
  /** The drawn ids in frame order, which is ascending by UTF-16 code units. */
  ids: string[]
  /** The number of items in the frame. */
  frameSize: number
  size: number
  seed: number
  /** Left out by `drawSample`: the caller keeps the frame and hashes it. */
  frameSha256?: string
  method: 'simple-random-without-replacement'
  methodVersion: number
}

/**
 * Draws `size` different items of the frame so that every set of that size is equally likely (simple random sampling without replacement, Cochran
 * 1977, ch. 2). The given order of the frame does not matter: it is sorted by id, shuffled by `drawOrder`, and the first `size` are taken. A larger
 * sample of the same frame and seed therefore contains the smaller one, and a sample can be extended.
 * @throws DomainError `invalid` for a size that is not a whole number from 1 to the size of the frame, a repeated id, or an invalid seed
 */
export function drawSample(frame: readonly { id: string }[], size: number, seed: number): Sample {
  const ids = frame.map((item) => item.id).sort(compareIds)
  const twice = ids.find((id, place) => id === ids[place + 1])
  if (twice !== undefined) {
    throw new DomainError('invalid', `Each item can be drawn once, but ${twice} is in the list twice.`)
  }
  if (ids.length === 0) throw new DomainError('invalid', 'There is nothing to draw from: the list is empty.')
  if (!Number.isInteger(size) || size < 1 || size > ids.length) {
    throw new DomainError('invalid', `The size of the sample is a whole number from 1 to ${ids.length}.`)
  }
  const drawn = drawOrder(ids.length, seed)
    .slice(0, size)
    .sort((p, q) => p - q)
  return {
    ids: drawn.flatMap((place) => ids[place] ?? []),
    frameSize: ids.length,
    size,
    seed,
    method: 'simple-random-without-replacement',
    methodVersion: sampleMethodVersion,
  }
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
