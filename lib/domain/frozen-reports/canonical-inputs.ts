import type { Agreement } from '../agreement/schema'
import { computeAgreement } from '../agreement/session-agreement'
import { computeReport, type ReportInput } from '../reports/compute-report'
import type { DocumentAdjudication, ReportDocument, ReportInputs } from '../reports/input-schema'
import type { ReportView } from '../reports/schema'
import { withoutReadOnce } from '../reports/two-phase'
import { inOneGo, type Steps } from '../steps'
import { canonicalJsonSteps } from './canonical-json'
import { sha256Steps } from './sha256'

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function byId(one: { id: string }, other: { id: string }): number {
  return compare(one.id, other.id)
}

function byPlace(one: { start: number; end: number }, other: { start: number; end: number }): number {
  return one.start - other.start || one.end - other.end
}

function sortAdjudication(adjudication: DocumentAdjudication): DocumentAdjudication {
  const { reviewerIds, claims, decisions, checkable, readOnce } = adjudication
  return {
    ...adjudication,
    ...(readOnce === undefined ? {} : { readOnce: readOnce.toSorted(byId) }),
    reviewerIds: reviewerIds.toSorted(compare),
    claims: claims
      .map((claim) => ({
        ...claim,
        votes: claim.votes.toSorted((one, other) => compare(one.annotationId, other.annotationId)),
      }))
      .sort(byId),
    decisions: decisions.toSorted((one, other) => byPlace(one, other) || compare(one.authorId, other.authorId)),
    checkable: checkable.toSorted(byPlace),
  }
}

function sortDocument(document: ReportDocument): ReportDocument {
  const { scripts, adjudication, ...rest } = document
  return {
    ...rest,
    ...(scripts === undefined || scripts.length === 0 ? {} : { scripts: scripts.toSorted(byPlace) }),
    sentences: document.sentences.toSorted(byPlace),
    checkable: document.checkable.toSorted(byPlace),
    annotations: document.annotations.toSorted(byId),
    decisions: document.decisions.toSorted(byId),
    ...(adjudication === null || adjudication === undefined ? {} : { adjudication: sortAdjudication(adjudication) }),
  }
}

/**
 * Sorts inputs into their canonical order, which does not depend on the database: lists by id, parts of a text by place. Only lists with an order of
 * their own keep it (the citations of a claim).
 */
export function canonicalInputs(inputs: ReportInputs): ReportInputs {
  const { documents, withdrawn, earlierSessions, reopenedSessions, sessions, agreement } = inputs
  return {
    ...inputs,
    documents: documents.map(sortDocument).sort(byId),
    withdrawn: withdrawn
      .map((document) => ({ ...document, adjudication: sortAdjudication(document.adjudication) }))
      .sort(byId),
    earlierSessions: earlierSessions.toSorted(byId),
    reopenedSessions: reopenedSessions.toSorted(byId),
    sessions: sessions.toSorted(byId),
    agreement: {
      ...agreement,
      documents: agreement.documents
        .map((document) => ({
          ...document,
          reviewers: document.reviewers
            .map((reviewer) => ({ ...reviewer, spans: reviewer.spans.toSorted(byId) }))
            .sort(byId),
        }))
        .sort(byId),
    },
  }
}

/** `hashInputs` in steps. */
export function* hashInputsSteps(inputs: ReportInputs): Steps<string> {
  return yield* sha256Steps(yield* canonicalJsonSteps(canonicalInputs(inputs)))
}

/** The hash that identifies a report: the SHA-256 of its inputs in canonical order, as canonical JSON (RFC 8785). */
export function hashInputs(inputs: ReportInputs): string {
  return inOneGo(hashInputsSteps(inputs))
}

/** The documents in reading order: those without a date first, then from the oldest on. The claims of each are in text order. */
function readingOrder(documents: readonly ReportDocument[]): ReportDocument[] {
  return documents
    .map((document) => {
      const { adjudication } = document
      if (adjudication === null || adjudication === undefined) return document
      const claims = adjudication.claims.toSorted((one, other) => byPlace(one, other) || byId(one, other))
      return { ...document, adjudication: { ...adjudication, claims } }
    })
    .sort((one, other) => compare(one.publishedOn ?? '', other.publishedOn ?? '') || byId(one, other))
}

/** Values derived from the inputs, computed once for all uses. `inputSha256`: see `hashInputs`. `agreement`: null when nothing was rated blind. */
export interface ComputedBeside {
  agreement: Agreement | null
  computedAt: string
  inputSha256: string
}

/** Turns inputs in any order into the input of `computeReport`. */
export function reportInputOf(inputs: ReportInputs, beside: ComputedBeside): ReportInput {
  const { source, choices, documents, withdrawn, sessions, documentsInBlindPhase, ...others } = canonicalInputs(inputs)
  const { earlierSessions, reopenedSessions, agreement } = others
  const ordered = readingOrder(documents)
  const readings = agreement.documents
  const of = { source, choices, sessions, documentsInBlindPhase, earlierSessions, reopenedSessions, readings }
  return { ...of, documents: ordered, withdrawn, ...beside }
}

/** The blind ratings that enter agreement: those of documents to be read by more than one reviewer. */
export function comparedRatings({ agreement, documents }: ReportInputs): ReportInputs['agreement']['documents'] {
  return withoutReadOnce(agreement.documents, documents)
}

/** The agreement of the blind ratings in the inputs, computed in one go; null when there are none. */
function agreementOf(inputs: ReportInputs): Agreement | null {
  const compared = comparedRatings(inputs)
  return compared.length === 0 ? null : computeAgreement(compared)
}

/** Computes every figure of a report from its inputs alone, as verifying does. Takes seconds where many documents were rated blind. */
export function recomputeReport(inputs: ReportInputs, computedAt: string): ReportView {
  const canonical = canonicalInputs(inputs)
  const inputSha256 = hashInputs(canonical)
  return computeReport(reportInputOf(canonical, { agreement: agreementOf(canonical), computedAt, inputSha256 }))
}
