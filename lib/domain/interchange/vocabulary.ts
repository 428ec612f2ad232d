import type { Rating } from '../annotations/rating'
import { listOf } from './foreign-annotation'

/** The context that every Web Annotation names. */
export const annotationContext = 'http://www.w3.org/ns/anno.jsonld'

/** Names of what the Web Annotation vocabulary has no word for; each is `terms` with the word behind it. */
const terms = 'urn:sourcemark:terms:'

/** What the published context lacks: it has no `assessing`, though the vocabulary does, and none of our own words. */
export const localContext = { assessing: 'oa:assessing', sm: terms }

const ratingPrefix = `${terms}rating:`
const flagPrefix = `${terms}flag:`
const uuidPrefix = 'urn:uuid:'

/** What each rating is called in a classifying body. */
export function ratingIri(rating: Rating): string {
  return `${ratingPrefix}${rating}`
}

/** What the flags of a rating are called in classifying bodies. */
export const flagIris = { disputed: `${flagPrefix}disputed`, partial: `${flagPrefix}partial` } as const

/** The word that an address ends with: of another tool's vocabulary, too. */
export function lastWord(iri: string): string {
  return /[^/#:]*$/.exec(iri)?.[0] ?? ''
}

/** An id of ours as an address. */
export function uuidIri(id: string): string {
  return `${uuidPrefix}${id}`
}

/** An id of an address that is one; other texts as they are. */
export function idOfIri(iri: string): string {
  return iri.toLowerCase().startsWith(uuidPrefix) ? iri.slice(uuidPrefix.length).toLowerCase() : iri
}

/** A web address without white space and the like, as JSON-LD needs it; null for what is no address. */
export function normalAddress(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : null
}

/** Whether a `@context` names that of Web Annotations. */
export function namesContext(value: unknown): boolean {
  return listOf(value).some(
    (each) => typeof each === 'string' && each.replace(/^https:/, 'http:') === annotationContext,
  )
}
