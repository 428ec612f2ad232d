import { stances, type Stance } from '../annotations/rating'
import {
  isObject,
  listOf,
  ratingOfTags,
  readRating,
  textOf,
  type FileItem,
  type ForeignAnnotation,
  type ForeignCitation,
  type JsonObject,
  type WantedPlace,
} from './foreign-annotation'
import { findShapeProblem, flagIris, idOfIri, lastWord, normalAddress } from './web-annotation-model'

/** A Web Annotation as it was read, or the reason why it cannot be attached to a text. */
export function readWebAnnotation(value: unknown, { isAlone }: { isAlone: boolean }): FileItem {
  if (!isObject(value)) return { ok: false, id: null, refusal: 'malformed', reason: 'It is not an object.' }
  const id = typeof value.id === 'string' ? idOfIri(value.id) : null
  const problem = findShapeProblem(value, { isAlone })
  if (problem !== null) return { ok: false, id, refusal: 'malformed', reason: problem }
  const place = readTargets(listOf(value.target))
  if (typeof place === 'string') return { ok: false, id, refusal: 'not-attachable', reason: place }
  return { ok: true, annotation: { id, place, ...readBodies(value) } }
}

/** The place in the one target with words, or a sentence that says why there is none. */
function readTargets(targets: readonly unknown[]): WantedPlace | string {
  const read = targets.map(readTarget)
  const places = read.filter((each) => typeof each !== 'string')
  const [place] = places
  if (places.length > 1) return 'It has several targets; an annotation here marks one span.'
  return place ?? read.find((each) => typeof each === 'string') ?? 'It has no target.'
}

function readTarget(target: unknown): WantedPlace | string {
  if (!isObject(target) || target.selector === undefined) {
    const type = isObject(target) && typeof target.type === 'string' ? ` (${target.type})` : ''
    return `Its target is a whole resource${type}, not words of a text.`
  }
  const sha256 = listOf(target.state)
    .filter(isObject)
    .map((state) => textOf(state['sm:sha256']))
    .find((hash) => hash !== '')
  return readSelectors(listOf(target.selector), sha256 ?? null)
}

/** The position and the words that selectors give; the first of each kind counts. */
export function readSelectors(selectors: readonly unknown[], sha256: string | null): WantedPlace | string {
  let position: WantedPlace['position'] = null
  let quote: WantedPlace['quote'] = null
  const others = new Set<string>()
  for (const selector of selectors) {
    const refined = innermost(selector)
    const isWhole = refined === selector
    if (!isObject(refined)) {
      others.add('a selector by address only')
    } else if (refined.type === 'TextQuoteSelector') {
      quote ??= { exact: textOf(refined.exact), prefix: textOf(refined.prefix), suffix: textOf(refined.suffix) }
    } else if (refined.type === 'TextPositionSelector' && isWhole) {
      // A position inside of a part that cannot be found has no known origin.
      position ??= { start: Number(refined.start), end: Number(refined.end) }
    } else {
      others.add(textOf(isWhole ? refined.type : isObject(selector) ? selector.type : '') || 'a selector without type')
    }
  }
  if (position === null && quote === null)
    return `Its target is selected by ${[...others].join(', ') || 'nothing'}; only TextQuoteSelector and TextPositionSelector select words of a text.`
  return { position, quote, sha256 }
}

function innermost(selector: unknown): unknown {
  let inner = selector
  for (let level = 0; level < 8 && isObject(inner) && inner.refinedBy !== undefined; level += 1) inner = inner.refinedBy
  return inner
}

type Content = Omit<ForeignAnnotation, 'id' | 'place'>

/** Reads bodies into the fields that an annotation here has. */
function readBodies({ body, bodyValue, motivation }: JsonObject): Content {
  const notes = typeof bodyValue === 'string' ? [bodyValue] : []
  const tags: string[] = []
  const citations: ForeignCitation[] = []
  const leftOut: string[] = []
  const read: Content = { rating: null, disputed: false, partial: false, note: '', tags, citations, leftOut }
  const [usual] = listOf(motivation)
  for (const each of listOf(body)) {
    const part = firstChoice(each)
    const resource: JsonObject = isObject(part) ? part : { source: part }
    const [purpose = usual] = listOf(resource.purpose)
    if (typeof resource.value === 'string') {
      if (purpose === 'tagging') tags.push(resource.value)
      else if (purpose === 'classifying' && readRating(resource.value) !== null)
        read.rating = readRating(resource.value)
      else notes.push(resource.value)
      continue
    }
    const source = sourceOf(resource)
    if (source === flagIris.disputed) read.disputed = true
    else if (source === flagIris.partial) read.partial = true
    else if (purpose === 'classifying' && readRating(lastWord(source)) !== null)
      read.rating = readRating(lastWord(source))
    else if (normalAddress(source) === null && resource['sm:reference'] === undefined)
      leftOut.push(`the body ${source}`)
    else if (purpose === 'tagging' || purpose === 'classifying') leftOut.push(`the body ${source}`)
    else citations.push(readCitation(resource, source))
  }
  read.note = notes.join('\n\n')
  return read.rating === null ? { ...read, ...ratingOfTags(tags) } : read
}

function firstChoice(body: unknown): unknown {
  return isObject(body) && body.type === 'Choice' ? listOf(body.items)[0] : body
}

function sourceOf({ source, id }: JsonObject): string {
  if (isObject(source)) return textOf(source.id)
  return textOf(source) || textOf(id)
}

function readCitation(resource: JsonObject, source: string): ForeignCitation {
  const reference = textOf(resource['sm:reference'])
  const quote = listOf(resource.selector)
    .filter(isObject)
    .find(({ type }) => type === 'TextQuoteSelector')
  const start = resource['sm:quoteStart']
  return {
    referenceId: reference === '' ? null : idOfIri(reference),
    url: normalAddress(source) ?? '',
    title: textOf(resource['sm:title']),
    stance: readStance(resource['sm:stance']),
    quote: textOf(quote?.exact),
    locator: textOf(resource['sm:locator']),
    quoteStart: typeof start === 'number' && Number.isSafeInteger(start) && start >= 0 ? start : null,
  }
}

/** A stance by its name; `mentions` for any other word. */
export function readStance(value: unknown): Stance {
  return stances.find((stance) => stance === value) ?? 'mentions'
}
