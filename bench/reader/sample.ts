/** Seeded documents and annotations: the same for every engine and every run. */
import { ratings } from '@/lib/domain/annotations/rating'
import type { BlockNode, DocumentContent } from '@/lib/domain/text/model'
import type { ReaderAnnotation } from '@/components/reader/types'

/** Numbers in [0, 1) that depend only on the seed (a linear congruential generator, modulus 2^32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const syllables = [
  'ka',
  'lo',
  'min',
  'ter',
  'ra',
  'sel',
  'vo',
  'den',
  'ish',
  'u',
  'pra',
  'nor',
  'el',
  'dat',
  'qui',
  'on',
  'be',
  'st',
]

/** Paragraphs of 40 to 120 words, with occasional headings and some words in bold or linked. */
export function createDocument(words: number): DocumentContent {
  const random = seededNumbers(words)
  const word = () =>
    Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => syllables[Math.floor(random() * syllables.length)] ?? '',
    ).join('')
  const sentence = (length: number) => `${Array.from({ length }, word).join(' ')}. `
  const content: BlockNode[] = [
    { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: sentence(6).trim() }] },
  ]
  let written = 6
  while (written < words) {
    if (random() < 0.06) {
      content.push({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: sentence(5).trim() }] })
      written += 5
    }
    const length = Math.min(words - written, 40 + Math.floor(random() * 80))
    let text = ''
    for (let left = length; left > 0; left -= 14) text += sentence(Math.min(14, left))
    const cut = Math.floor(text.length * random())
    content.push({
      type: 'paragraph',
      content:
        random() < 0.3 && cut > 0 && cut + 12 < text.length
          ? [
              { type: 'text', text: text.slice(0, cut) },
              { type: 'text', text: text.slice(cut, cut + 12), marks: [{ type: 'bold' }] },
              { type: 'text', text: text.slice(cut + 12) },
            ]
          : [{ type: 'text', text }],
    })
    written += length
  }
  return { type: 'doc', content }
}

/** Spans of 3 to 30 words at random places, which may overlap. */
export function createAnnotations(text: string, count: number): ReaderAnnotation[] {
  const random = seededNumbers(count + text.length)
  const starts: number[] = []
  for (const found of text.matchAll(/\S+/g)) starts.push(found.index)
  return Array.from({ length: count }, (_, at): ReaderAnnotation => {
    const first = Math.floor(random() * (starts.length - 32))
    const start = starts[first] ?? 0
    const end = (starts[first + 3 + Math.floor(random() * 28)] ?? text.length) - 1
    return {
      id: `a${String(at)}`,
      start,
      end,
      rating: ratings[at % ratings.length] ?? 'sourced',
      authorId: 'someone',
      own: at % 3 !== 0,
      missing: null,
    }
  })
}
