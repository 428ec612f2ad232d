import { isObject, listOf, type JsonObject } from './foreign-annotation'
import type { Rating } from '../annotations/rating'

/** The context that every Web Annotation names. */
export const annotationContext = 'http://www.w3.org/ns/anno.jsonld'

/** The prefix of names that the Web Annotation vocabulary lacks; the word follows it. */
const terms = 'urn:sourcemark:terms:'

/** Additions to the published context, which lacks our own words, and `assessing` although the vocabulary has it. */
export const localContext = { assessing: 'oa:assessing', sm: terms }

const ratingPrefix = `${terms}rating:`
const flagPrefix = `${terms}flag:`
const uuidPrefix = 'urn:uuid:'

/** The name of each rating in a classifying body. */
export function ratingIri(rating: Rating): string {
  return `${ratingPrefix}${rating}`
}

/** The names of a rating's flags in classifying bodies. */
export const flagIris = { disputed: `${flagPrefix}disputed`, partial: `${flagPrefix}partial` } as const

/** The last word of an address, also of one in another tool's vocabulary. */
export function lastWord(iri: string): string {
  return /[^/#:]*$/.exec(iri)?.[0] ?? ''
}

/** Writes an id of ours as an address. */
export function uuidIri(id: string): string {
  return `${uuidPrefix}${id}`
}

/** Reads the id from an address that has one; other texts stay as they are. */
export function idOfIri(iri: string): string {
  return iri.toLowerCase().startsWith(uuidPrefix) ? iri.slice(uuidPrefix.length).toLowerCase() : iri
}

/** Normalises a web address for JSON-LD, which allows no white space and the like; null when it is not an address. */
export function normalAddress(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : null
}

/** Whether a `@context` names the one of Web Annotations. */
export function namesContext(value: unknown): boolean {
  return listOf(value).some(
    (each) => typeof each === 'string' && each.replace(/^https:/, 'http:') === annotationContext,
  )
}

const sets = ['Choice', 'Composite', 'List', 'Independents']
const agents = ['creator', 'generator'] as const
const moments = ['created', 'modified', 'generated'] as const
const addresses = ['rights', 'canonical', 'via'] as const
const directions = ['ltr', 'rtl', 'auto']

function isIri(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value)
}

function isMoment(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i.test(value) &&
    !Number.isNaN(Date.parse(value))
  )
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/**
 * The first violation of the Web Annotation Data Model (its MUSTs) in an annotation, in a sentence; null when nothing that is checked is violated. An
 * annotation by itself must name its context; one in a list uses that of the list.
 */
export function findShapeProblem(annotation: JsonObject, { isAlone }: { isAlone: boolean }): string | null {
  const { id, type, target, body, bodyValue } = annotation
  const context = annotation['@context']
  if ((isAlone || context !== undefined) && !namesContext(context))
    return `"@context" must name ${annotationContext}, alone or in a list.`
  if (!listOf(type).includes('Annotation')) return '"type" must be "Annotation".'
  if (id === undefined ? isAlone : !isIri(id) && !(typeof id === 'string' && /^#\S+$/.test(id)))
    return '"id" must be one address, such as "urn:uuid:…" or "https://…".'
  if (body !== undefined && bodyValue !== undefined)
    return 'It has both "body" and "bodyValue"; one of them is allowed.'
  if (bodyValue !== undefined && typeof bodyValue !== 'string') return '"bodyValue" must be one text.'
  const targets = listOf(target)
  if (targets.length === 0) return 'It has no "target".'
  return (
    findCommonProblem(annotation) ??
    firstProblem(targets, (each) => findResourceProblem(each, 'target')) ??
    firstProblem(listOf(body), (each) => findResourceProblem(each, 'body'))
  )
}

function firstProblem(values: readonly unknown[], find: (value: unknown) => string | null): string | null {
  for (const value of values) {
    const problem = find(value)
    if (problem !== null) return problem
  }
  return null
}

/** Checks the properties that annotations and resources share: who made them, when, and under which rights. */
function findCommonProblem(resource: JsonObject): string | null {
  for (const key of moments) {
    if (resource[key] !== undefined && !isMoment(resource[key]))
      return `"${key}" must be one moment with a time zone, such as "2025-03-02T10:15:00Z".`
  }
  for (const key of addresses) {
    const value = resource[key]
    if (value !== undefined && (key === 'canonical' ? !isIri(value) : !listOf(value).every(isIri)))
      return `"${key}" must be an address.`
  }
  for (const key of agents) {
    if (!listOf(resource[key]).every((agent) => isIri(agent) || isObject(agent)))
      return `"${key}" must be an address or an object.`
  }
  return null
}

function findResourceProblem(resource: unknown, key: 'target' | 'body'): string | null {
  if (typeof resource === 'string') return isIri(resource) ? null : `"${key}" must be an address or an object.`
  if (!isObject(resource)) return `"${key}" must be an address or an object.`
  const types = listOf(resource.type)
  const kinds = types.filter((type) => typeof type === 'string' && sets.includes(type))
  return (
    findCommonProblem(resource) ??
    findTraitProblem(resource, key) ??
    (kinds.length === 1 || resource.items !== undefined
      ? findSetProblem(resource, key, kinds.length === 1)
      : findPlainProblem(resource, key, types))
  )
}

/** Checks the languages, formats and directions of a resource. */
function findTraitProblem(resource: JsonObject, key: string): string | null {
  const { textDirection, processingLanguage } = resource
  if (textDirection !== undefined && (typeof textDirection !== 'string' || !directions.includes(textDirection)))
    return `"textDirection" of "${key}" must be one of ${directions.join(', ')}.`
  if (processingLanguage !== undefined && typeof processingLanguage !== 'string')
    return `"processingLanguage" of "${key}" must be one language.`
  for (const trait of ['format', 'language']) {
    if (!listOf(resource[trait]).every((value) => typeof value === 'string'))
      return `"${trait}" of "${key}" must be a text.`
  }
  return resource.id !== undefined && !isIri(resource.id) ? `"id" of "${key}" must be one address.` : null
}

function findSetProblem({ items, value, source, purpose }: JsonObject, key: string, hasType: boolean): string | null {
  if (!hasType) return `"${key}" has "items"; its "type" must be one of ${sets.join(', ')}.`
  if (!Array.isArray(items) || items.length === 0) return `"${key}" needs "items", a list.`
  if ([value, source, purpose].some((each) => each !== undefined))
    return `"${key}" is a set; it has no "value", "source" or "purpose" of its own.`
  return items.every((item) => isIri(item) || isObject(item))
    ? null
    : `The "items" of "${key}" must be addresses or objects.`
}

function findPlainProblem(resource: JsonObject, key: 'target' | 'body', types: readonly unknown[]): string | null {
  const { value, source, purpose } = resource
  if (types.includes('TextualBody') || (value !== undefined && source === undefined)) {
    if (key === 'target') return 'A "target" cannot be a text of its own.'
    if (source !== undefined) return 'A textual body has a "value" and no "source".'
    return typeof value === 'string' ? null : 'A textual body needs one text as its "value".'
  }
  if (source !== undefined) {
    if (value !== undefined) return `"${key}" has both "source" and "value"; one of them is allowed.`
    if (!isIri(source) && !(isObject(source) && isIri(source.id)))
      return `The "source" of "${key}" must be one address.`
    return (
      firstProblem(listOf(resource.selector), findSelectorProblem) ??
      firstProblem(listOf(resource.state), findStateProblem)
    )
  }
  if (types.includes('SpecificResource') || resource.selector !== undefined)
    return `"${key}" needs a "source", an address.`
  if (purpose !== undefined) return `"${key}" has a "purpose"; name the resource as its "source" then.`
  return resource.id === undefined ? `"${key}" needs an "id", a "source" or a "value".` : null
}

/** Checks a selector by its kind, and the selectors that refine it, eight levels deep at most. */
function findSelectorProblem(selector: unknown): string | null {
  let inner = selector
  for (let level = 0; level < 8 && inner !== undefined; level += 1) {
    if (typeof inner === 'string') return isIri(inner) ? null : '"selector" must be an address or an object.'
    if (!isObject(inner)) return '"selector" must be an address or an object.'
    const problem = findOneSelectorProblem(inner)
    if (problem !== null) return problem
    inner = inner.refinedBy
  }
  return null
}

function findOneSelectorProblem(selector: JsonObject): string | null {
  switch (selector.type) {
    case 'TextQuoteSelector':
      if (typeof selector.exact !== 'string') return 'A TextQuoteSelector needs one text as "exact".'
      return [selector.prefix, selector.suffix].every((each) => each === undefined || typeof each === 'string')
        ? null
        : '"prefix" and "suffix" of a TextQuoteSelector are texts.'
    case 'TextPositionSelector':
    case 'DataPositionSelector':
      return isCount(selector.start) && isCount(selector.end)
        ? null
        : `A ${selector.type} needs whole numbers from 0 as "start" and "end".`
    case 'FragmentSelector':
    case 'CssSelector':
    case 'XPathSelector':
      return typeof selector.value === 'string' ? null : `A ${selector.type} needs one text as "value".`
    default:
      return null
  }
}

function findStateProblem(state: unknown): string | null {
  if (isIri(state)) return null
  if (!isObject(state)) return '"state" must be an address or an object.'
  if (state.type === 'TimeState' && !listOf(state.sourceDate).every(isMoment)) return '"sourceDate" must be a moment.'
  return null
}
