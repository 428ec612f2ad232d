/**
 * SHA-256 by FIPS 180-4, section 6.2. Bundles are verified in the browser too, and browsers offer their own SHA-256 only to pages over https, which a
 * workbench in an office network often lacks. It hashes nothing secret, so its running time may depend on the input.
 */
import { inOneGo, type Steps } from '../steps'

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

/** 2³². */
const beyondWord = 0x1_0000_0000

/** The first 32 bits of a number's fraction. */
function fractionBits(value: number): number {
  return ((value - Math.floor(value)) * beyondWord) | 0
}

const roundConstants = Int32Array.from(firstPrimes(64), (prime) => fractionBits(Math.cbrt(prime)))
const initialState = Int32Array.from(firstPrimes(8), (prime) => fractionBits(Math.sqrt(prime)))

const blockBytes = 64

/** Pads the message to whole blocks: a 1 bit, zeros, and its length in bits. */
function pad(message: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / blockBytes) * blockBytes)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor((message.length * 8) / beyondWord))
  view.setUint32(padded.length - 4, (message.length * 8) >>> 0)
  return view
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/** The message schedule of a block: 64 words. */
function fillSchedule(words: Int32Array, block: DataView, offset: number): void {
  for (let t = 0; t < 16; t += 1) words[t] = block.getInt32(offset + t * 4)
  for (let t = 16; t < 64; t += 1) {
    const [near = 0, far = 0] = [words[t - 2], words[t - 15]]
    const small1 = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10)
    const small0 = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3)
    words[t] = small1 + (words[t - 7] ?? 0) + small0 + (words[t - 16] ?? 0)
  }
}

function mixBlock(state: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let t = 0; t < 64; t += 1) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = (h + big1 + ((e & f) ^ (~e & g)) + (roundConstants[t] ?? 0) + (words[t] ?? 0)) | 0
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  for (const [place, word] of [a, b, c, d, e, f, g, h].entries()) state[place] = (state[place] ?? 0) + word
}

/** Bytes to hash before other work may run: some milliseconds. */
const stepBytes = 256 * 1024

/** `sha256` in steps. */
export function* sha256Steps(message: Uint8Array | string): Steps<string> {
  const block = pad(typeof message === 'string' ? new TextEncoder().encode(message) : message)
  const state = Int32Array.from(initialState)
  const words = new Int32Array(64)
  for (let offset = 0; offset < block.byteLength; offset += blockBytes) {
    if (offset % stepBytes === 0) yield
    fillSchedule(words, block, offset)
    mixBlock(state, words)
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The SHA-256 of bytes, or of a text as UTF-8, as 64 lower-case hexadecimal digits. */
export function sha256(message: Uint8Array | string): string {
  return inOneGo(sha256Steps(message))
}
