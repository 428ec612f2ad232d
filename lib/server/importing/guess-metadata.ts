import type { TextIndex } from '@/lib/domain/text/text-index'
import { readDate } from './read-date'

const bylinePattern =
  /^(?:(?:written |words |text |story |reported )?by|von|par|por|di|door|av|автор:?|author:)\s+(?!the\s|a\s)(\p{Lu}[^\n|•·,;–—]{2,80})/iu
const dateLabel = /^(?:(?:first )?published|updated|posted|date|last (?:updated|modified))\b/i

/** What the first lines of a document say about it. Empty strings and null for what is not there. */
export interface GuessedMetadata {
  title: string
  author: string
  publishedOn: string | null
}

/**
 * Guesses title, author and date from the text itself: the first heading (of level 1 when there is one), a byline ("By Ada Holm") and a
 * line that is little more than a date, both among the first ten blocks. `fallback` (a file name) names a document without headings;
 * without one, its first words do.
 */
export function guessMetadata(index: TextIndex, fallback: string | null): GuessedMetadata {
  const { blocks, text } = index
  const headings = blocks.filter((block) => block.kind === 'heading' && block.scope === null && block.end > block.start)
  const heading = headings.find((block) => block.level === 1) ?? (headings[0] === blocks[0] ? headings[0] : undefined)
  const guessed: GuessedMetadata = {
    title: heading ? tidy(text.slice(heading.start, heading.end)) : (readStem(fallback) ?? firstWords(text)),
    author: '',
    publishedOn: null,
  }
  for (const block of blocks.slice(0, 10)) {
    const line = text.slice(block.start, Math.min(block.end, block.start + 200))
    if (block.end - block.start > 160 || block.kind === 'heading') continue
    const byline = bylinePattern.exec(line)?.[1]
    if (guessed.author === '' && byline)
      guessed.author = tidy(
        byline.replace(/\s(?:on\s)?(?:\d{1,2}\s\p{L}{3,12}|\p{L}{3,12}\s\d{1,2},)?\s?\d{4}.*$/u, ''),
      ).slice(0, 200)
    const date = readDate(line)
    if (guessed.publishedOn === null && date !== null && (line.length <= 60 || dateLabel.test(line) || byline))
      guessed.publishedOn = date
  }
  return guessed
}

/** A title on one line: single spaces, no colon at the end, at most 500 characters. */
export function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replace(/:$/, '').slice(0, 500)
}

function readStem(fileName: string | null): string | null {
  const stem = fileName
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/[-_]+/g, ' ')
  return stem ? tidy(stem) : null
}

function firstWords(text: string): string {
  const start = text.trimStart().slice(0, 200)
  const line = /^[^\n]*/.exec(start)?.[0] ?? ''
  if (line.length <= 80) return tidy(line) || 'Untitled'
  return `${line.slice(0, 80).replace(/\s+\S*$/u, '')}…`
}
