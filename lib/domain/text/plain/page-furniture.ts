import type { OutOfScopeReason } from '../model'
import { readSectionKind } from '../section-names'
import { endsLikeSentence, isBody, looksLikeHeading, normaliseTitle, readWords, titleCaseShare } from './line-shape'
import { readListMarker, type PlainLine } from './lines'

/**
 * The kind of page furniture that a line announces. `meta` is a single line such as "Posted in News"; the others continue until something else
 * starts.
 */
export type FurnitureKind = 'comments' | 'comment-form' | 'boilerplate' | 'meta'

const commentCount =
  /^(?:\d[\d,.]{0,8}|no|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:comments?|responses?|replies|thoughts?|kommentare?|commentaires?|comentarios?|commenti|comentários?|reacties)(?:\s+(?:on|to|so far|sur|zu|en|en)\b.*)?\s*[:.]?$/i
const commentLabel =
  /^(?:(?:reader|user|your)\s+)?(?:comments?|responses|discussion|kommentare|commentaires|comentarios|commenti|comentários|reacties|комментарии|коментарі|komentarze|نظرات|التعليقات|تعليقات|评论|評論|コメント|댓글)(?:\s*\(\d+\))?\s*:?$/i
const commentForm =
  /\bfill in your details\b|\bclick an icon to log ?in\b|\b(?:leave|post|add|write|submit) (?:a |your )?(?:reply|comment|response)\b|\byou are commenting using\b|\bemail address will not be published\b|\brequired fields are marked\b|\bnotify me (?:of|via)\b|\bsave my name\b|\blog ?in to (?:post|leave|comment|reply)\b|^what['’]s on your mind\b|^connecting to\b|^cancel reply\b|\bjoin the (?:conversation|discussion)\b|^reply$|^your (?:name|email|comment)\b/i
const metaLine =
  /^(?:posted|filed|published) (?:in|under)\b|^(?:tagged(?: with)?|tags?|categor(?:y|ies)|filed under|topics?|keywords)\s*:|^tagged\b|^(?:share|like|rate) this\b|^share (?:on|via)\b|^(?:about|more by|more from) the authors?\b/i
const boilerplateLine =
  /^(?:follow|find|join|like) (?:us|me)\b|\blike (?:us )?on facebook\b|\bfollow (?:us |me )?on (?:twitter|x|facebook|instagram|linkedin)\b|^subscribe\b|^sign up (?:for|to|now|today)\b|\b(?:our|free|weekly|daily) newsletter\b|\bget every new post\b|^join [\d,.]+ (?:other )?(?:followers|subscribers)\b|\bbloggers like this\b|\ball rights reserved\b|^©|^copyright (?:©|\(c\)|\d{4})|^(?:read|see|you may) (?:more|also|next)\b|^you (?:may|might) also (?:like|enjoy|be interested)|^advertise?ment\b|^related (?:posts|articles|stories|reading|content|topics)\b|^(?:previous|next|older|newer) (?:post|article|story|entry)\b|^(?:we use cookies|this (?:site|website) uses cookies)\b|^(?:privacy policy|terms of (?:use|service)|cookie policy|contact us|about us)\b|^(?:skip|jump) to (?:content|main|navigation)\b|^back to top\b|^(?:visitor|page|hit) (?:count|counter|views)\b|^print(?: this)?$|^powered by\b|^e-?mail this\b|^loading\.{0,3}$/i
const callToReaders =
  /\bin the comments\b|\b(?:share|leave|tell us) your (?:thoughts|insights|views|opinions?|experiences?|comments?)\b|\blet us know (?:in|what|your)\b|\bdon['’]t forget to (?:like|share|subscribe)\b|\bcomment below\b|\bexplore our other\b|\bcheck out our other\b/i

/** The kind that a line announces by its wording, or null. English and the names of comment sections in some other languages. */
export function readFurniture(text: string): FurnitureKind | null {
  if (text.length > 240 || readSectionKind(text) !== null) return null
  if (commentCount.test(text) || commentLabel.test(text)) return 'comments'
  const words = readWords(text).length
  if (words <= 30 && commentForm.test(text)) return 'comment-form'
  if (words <= 20 && metaLine.test(text)) return 'meta'
  return words <= 24 && boilerplateLine.test(text) ? 'boilerplate' : null
}

/** Whether a paragraph only asks its readers to comment, share or read on: short, and mostly questions and requests. */
export function isCallToReaders(text: string): boolean {
  if (text.length > 500 || !callToReaders.test(text)) return false
  const sentences = text.split(/(?<=[.!?])\s+/)
  const asking = sentences.filter((sentence) => sentence.endsWith('?') || callToReaders.test(sentence))
  return asking.length * 2 > sentences.length
}

type Scopes = (OutOfScopeReason | null)[]

/**
 * Marks the page furniture around and below an article: meta lines, comments, the comment form, footers. Comments and the form continue to the end of
 * the text (or to a line that `isHeading` knows); they need an article before them. `scopes` is filled in place.
 */
export function markFurniture(lines: readonly PlainLine[], scopes: Scopes, isHeading: (at: number) => boolean): void {
  const lastBody = findLastBody(lines, scopes)
  let state: OutOfScopeReason | null = null
  let ended = false
  let bodies = 0
  const beginsAt = (kind: FurnitureKind | null, at: number): OutOfScopeReason | null => {
    if (kind === 'comments' && bodies > 0 && opensComments(lines, at)) return 'comments'
    return kind === 'comment-form' && (ended || isFormLike(lines, at)) ? 'comment-form' : null
  }
  lines.forEach((line, at) => {
    if (scopes[at] !== null || line.fixed) return
    const kind = readFurniture(line.text)
    const isText = isBody(line.text) && kind === null
    if (isText && !ended) bodies += 1
    if (isHeading(at) || (isAmongComments(state) && endsComments(lines, at))) {
      state = null
      ended = false
      return
    }
    const begun = beginsAt(kind, at)
    if (begun !== null) {
      state = begun
      ended = true
    } else if (kind === 'boilerplate' || kind === 'meta') {
      scopes[at] = 'boilerplate'
      if (kind === 'meta') markBlurb(lines, scopes, at)
      if (ended || (bodies > 0 && at > lastBody)) state = 'boilerplate'
      return
    } else if (isBareCount(kind, line)) {
      scopes[at] = 'comments'
      return
    } else if (isText && state !== 'comments') state = ended ? 'comments' : null
    scopes[at] = state
  })
}

const isAmongComments = (state: OutOfScopeReason | null) => state === 'comments' || state === 'comment-form'

/** A count of comments with no comment below it is a line of the page inside the article. */
const isBareCount = (kind: FurnitureKind | null, { text }: PlainLine) => kind === 'comments' && commentCount.test(text)

/** The last line of running text before comments or a comment form begin. */
function findLastBody(lines: readonly PlainLine[], scopes: Scopes): number {
  let last = -1
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    if (!line) break
    const kind = readFurniture(line.text)
    if (
      last >= 0 &&
      ((kind === 'comments' && opensComments(lines, at)) || (kind === 'comment-form' && isFormLike(lines, at)))
    )
      break
    if (scopes[at] === null && kind === null && isBody(line.text)) last = at
  }
  return last
}

const replySign =
  /\bsays:|\bago$|^reply\b|\bwrote:|\bat \d{1,2}:\d{2}|^\d{1,2}\.\s*\[|^(?:on )?\p{L}{3,9} \d{1,2}, \d{4}\b|^like$|^permalink$/iu

/** "Comments" may also be a section of the article, and a count ("3 comments") may occur inside it: signs of replies or a form below decide. */
function opensComments(lines: readonly PlainLine[], at: number): boolean {
  return lines
    .slice(at + 1, at + 8)
    .some(({ text: below }) => commentForm.test(below.slice(0, 240)) || replySign.test(below.slice(0, 120)))
}

/** Comments end at a heading with running text below it and no sign of a reply near. */
function endsComments(lines: readonly PlainLine[], at: number): boolean {
  const line = lines[at]
  const next = lines[at + 1]
  if (!line || !next || !looksLikeHeading(line.text) || !isBody(next.text) || readWords(line.text).length < 2)
    return false
  if (titleCaseShare(line.text) < 0.75 && line.gap === 0) return false
  return !lines.slice(at, at + 6).some(({ text }) => replySign.test(text.slice(0, 120)) || readFurniture(text) !== null)
}

/** One line such as "Join the conversation" may be prose: two form lines close together, or a short one with nothing but short lines below. */
function isFormLike(lines: readonly PlainLine[], at: number): boolean {
  const below = lines.slice(at + 1, at + 10)
  if (below.some(({ text }) => readFurniture(text) === 'comment-form')) return true
  return readWords(lines[at]?.text ?? '').length <= 10 && below.every(({ text }) => !isBody(text))
}

/** A site's or author's description right above a meta line: short, with a hashtag or an account name in it. */
function markBlurb(lines: readonly PlainLine[], scopes: Scopes, at: number): void {
  const above = lines[at - 1]
  if (
    above &&
    scopes[at - 1] === null &&
    readWords(above.text).length <= 50 &&
    /(?:^|\s)[#@]\p{L}{2}/u.test(above.text)
  )
    scopes[at - 1] = 'boilerplate'
}

const releaseLine =
  /^(?:for immediate release|(?:press|news|media) (?:release|statement)|embargoed (?:until|for)\b.{0,60}|not for publication before\b.{0,60}|zur sofortigen veröffentlichung|pressemitteilung|communiqué de presse|comunicado de prensa|comunicato stampa)\s*:?$/i

/** Marks the lines above the title of a press release ("FOR IMMEDIATE RELEASE"), within the first five lines. */
export function markReleaseLines(lines: readonly PlainLine[], scopes: Scopes): void {
  lines.slice(0, 5).forEach((line, at) => {
    if (releaseLine.test(line.text)) scopes[at] ??= 'boilerplate'
  })
}

/** Marks lines of image markup and captions that repeat an image's alternative text. */
export function markImageLines(lines: readonly PlainLine[], scopes: Scopes): void {
  const captions = new Set<string>()
  lines.forEach((line, at) => {
    const image = /^!\[(.{0,1000})\]\([^\s()]{1,2000}(?:\s"[^"]{0,500}")?\)$/s.exec(line.text)
    if (!image) return
    if (image[1]) captions.add(normaliseTitle(image[1]))
    scopes[at] ??= 'boilerplate'
  })
  if (captions.size === 0) return
  lines.forEach((line, at) => {
    if (scopes[at] === null && captions.has(normaliseTitle(line.text))) scopes[at] = 'boilerplate'
  })
}

/**
 * Marks repeated captions and left-over headlines: a short line without sentence end that comes twice in a row, and short lines without sentence end
 * after the last running text (two or more, or behind a list of links or an image). `isHeading` lines are left alone.
 */
export function markStrayLines(lines: readonly PlainLine[], scopes: Scopes, isHeading: (at: number) => boolean): void {
  const isStray = (at: number) => {
    const line = lines[at]
    return (
      line !== undefined &&
      !line.fixed &&
      !isHeading(at) &&
      !readListMarker(line.text) &&
      !line.text.includes('|') &&
      !endsLikeSentence(line.text) &&
      line.text.length < 160
    )
  }
  if (!lines.some((line) => isBody(line.text))) return
  lines.forEach((line, at) => {
    const same = (other: number) => isStray(other) && lines[other]?.text === line.text
    if (scopes[at] === null && isStray(at) && readWords(line.text).length >= 3 && (same(at - 1) || same(at + 1)))
      scopes[at] = 'boilerplate'
  })
  let from = lines.length
  while (from > 0 && (scopes[from - 1] !== null || isStray(from - 1))) from -= 1
  if (from === 0) return
  const stray: number[] = []
  for (let at = from; at < lines.length; at += 1) if (scopes[at] === null) stray.push(at)
  const afterLinks = stray.some(
    (at) => scopes[at - 1] === 'link-list' || scopes[at - 1] === 'boilerplate' || scopes[at + 1] === 'boilerplate',
  )
  const headlines = stray.every((at) => readWords(lines[at]?.text ?? '').length >= 4)
  if (headlines && (stray.length >= 2 || afterLinks)) for (const at of stray) scopes[at] = 'link-list'
}

const pageNumber =
  /^(?:[-–—]\s?)?(?:(?:page|seite|p\.|pag\.|página|стр\.)\s?)?(\d{1,4})(?:\s?(?:of|\/|von|de|из)\s?\d{1,4})?(?:\s?[-–—])?$/i
const startsLower = /^["'“‘«(]?\p{Ll}/u
const finished = /[.!?…:]["'”’)\]»]*$/u
/** The fewest lines between two page numbers. */
const leastPage = 8
/** How far a running head is from a page number at most, in lines. */
const near = 2

/**
 * Marks the page numbers and running heads of text copied from pages. Page numbers are recognised by their order: three or more that count up by one
 * with a page's lines between them. Running heads are lines next to them that repeat on most pages, apart from figures in them. At least one in four
 * must interrupt a sentence, which numbered chapters never do.
 */
export function markRunningLines(lines: readonly PlainLine[]): PlainLine[] {
  const numbers = findPageNumbers(lines)
  if (numbers.length < 3) return [...lines]
  const isNumber = new Set(numbers)
  const running = new Set(numbers)
  const byText = new Map<string, number[]>()
  for (const at of numbers) {
    for (let other = at - near; other <= at + near; other += 1) {
      const line = lines[other]
      if (!line || isNumber.has(other) || line.text.length > 100 || line.fixed || startsLower.test(line.text)) continue
      const key = line.text.replace(/\d+/g, '#').replace(/\s+/g, ' ').toLowerCase()
      byText.set(key, [...(byText.get(key) ?? []), other])
    }
  }
  for (const found of byText.values())
    if (found.length >= Math.max(2, numbers.length * 0.4)) for (const at of found) running.add(at)
  const interrupting = numbers.filter((at) => interrupts(lines, running, at)).length
  if (interrupting * 4 < numbers.length) return [...lines]
  return lines.map((line, at) => (running.has(at) ? { ...line, running: true } : line))
}

/** The longest series of lines that are page numbers in ascending order. */
function findPageNumbers(lines: readonly PlainLine[]): number[] {
  const found: { at: number; number: number }[] = []
  lines.forEach(({ text, fixed }, at) => {
    const number = fixed || text.length > 24 ? undefined : pageNumber.exec(text)?.[1]
    if (number !== undefined) found.push({ at, number: Number(number) })
  })
  const series = new Map<number, number[]>()
  for (const { at, number } of found) {
    const before = series.get(number - 1)
    const last = before?.at(-1)
    const next = before && last !== undefined && at - last >= leastPage ? [...before, at] : [at]
    if (next.length >= (series.get(number)?.length ?? 0)) series.set(number, next)
  }
  return [...series.values()].reduce<number[]>((best, one) => (one.length > best.length ? one : best), [])
}

function interrupts(lines: readonly PlainLine[], running: ReadonlySet<number>, at: number): boolean {
  let before = at - 1
  let behind = at + 1
  while (running.has(before)) before -= 1
  while (running.has(behind)) behind += 1
  const [above, below] = [lines[before]?.text, lines[behind]?.text]
  return above !== undefined && below !== undefined && !finished.test(above) && startsLower.test(below)
}
