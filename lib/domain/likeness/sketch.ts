import { readTokens } from '../anchoring/tokens'
import { scopeRegions } from '../text/scope'
import type { TextIndex } from '../text/text-index'

/** The number of consecutive words in a sequence. */
const sequenceLength = 5

/** A text with fewer sequences is not compared: one shared phrase would make it look alike. */
const fewestSequences = 20

/** The most hashes of a sketch. With 512 the estimated share is within four points of the truth nineteen times in twenty. */
export const sketchSize = 512

/**
 * The number of hashes that a database looks a text up by. Two texts that share seven tenths of their sequences have none of these in common once in
 * 10¹⁰ times.
 */
export const keySize = 20

/** Texts that share at least this fraction of their word sequences are much alike. */
export const nearShare = 0.7

/** The smallest distinct hashes of a text's word sequences, ascending, as unsigned 32-bit numbers; empty for a text that is too short. */
export type Sketch = readonly number[]

/** FNV-1a over UTF-16 code units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193)
  return hash
}

/** The finalizer of MurmurHash3: every bit of the input changes half of the output. */
function mix(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** The parts of a text that are compared: those in scope, because the text around an article is the same on every page of its site. */
function textInScope(index: TextIndex): string {
  const parts: string[] = []
  let from = 0
  for (const { start, end } of scopeRegions(index)) {
    parts.push(index.text.slice(from, start))
    from = end
  }
  return [...parts, index.text.slice(from)].join('\n')
}

/**
 * Makes the sketch of a text: the smallest hashes of its sequences of five words ("bottom-k sketch", Broder 1997). Typography, case and punctuation
 * do not matter; a letter of a script without spaces counts as a word. Parts out of scope are left out. O(n log n) in the words.
 */
export function sketchText(index: TextIndex): Sketch {
  const { before, vocabulary } = readTokens(textInScope(index), '')
  const hashes = vocabulary.forms.map((form) => hashWord(form.toLowerCase()))
  const words = Array.from(before.ids).filter((id) => vocabulary.isWord[id] === true)
  const count = words.length - sequenceLength + 1
  if (count < fewestSequences) return []
  const sequences = new Uint32Array(count)
  for (let at = 0; at < count; at++) {
    let hash = 0
    for (let next = 0; next < sequenceLength; next++)
      hash = Math.imul(hash, 0x01000193) ^ (hashes[words[at + next] ?? 0] ?? 0)
    sequences[at] = mix(hash)
  }
  sequences.sort()
  const sketch: number[] = []
  for (const hash of sequences) {
    if (hash !== sketch.at(-1)) sketch.push(hash)
    if (sketch.length === sketchSize) break
  }
  return sketch
}

/** The hashes by which databases find a sketch, as the signed 32-bit numbers that they store. */
export function keysOfSketch(sketch: Sketch): number[] {
  return sketch.slice(0, keySize).map((hash) => hash | 0)
}

/**
 * The fraction of word sequences that two texts have in common, 0 to 1 (Jaccard). Exact when both sketches are shorter than `sketchSize`, else an
 * estimate; 0 when either is empty.
 */
export function sharedPart(one: Sketch, other: Sketch): number {
  // A full sketch says nothing about its text beyond its last hash.
  const limit = Math.min(
    ...[one, other].map((sketch) => (sketch.length < sketchSize ? Infinity : (sketch.at(-1) ?? Infinity))),
  )
  const known = one.filter((hash) => hash <= limit)
  const others = new Set(other.filter((hash) => hash <= limit))
  const shared = known.filter((hash) => others.has(hash)).length
  const all = known.length + others.size - shared
  return all === 0 ? 0 : shared / all
}
