import type { DocumentAdjudication, ReportInputs } from '../reports/input-schema'

/** The member behind a code in the inputs of a report. `reviewed` is false for a member who only drew a sample or withdrew a document. */
export interface HiddenReviewer {
  code: string
  memberId: string
  reviewed: boolean
}

function codeOf(place: number): string {
  // All codes have equally many digits, so that they sort like their members' ids: figures must not depend on who is hidden.
  return `reviewer-${String(place + 1).padStart(4, '0')}`
}

/** The members whose reviewing is in the inputs. */
function reviewersOf({ documents, withdrawn, agreement }: ReportInputs): Set<string> {
  const ids = new Set<string>()
  for (const { annotations, decisions, adjudication } of documents) {
    const settled = [...(adjudication?.decisions ?? []), ...(adjudication?.readOnce ?? [])]
    for (const { authorId } of [...annotations, ...decisions, ...settled]) ids.add(authorId)
    for (const id of adjudication?.reviewerIds ?? []) ids.add(id)
  }
  for (const { adjudication } of withdrawn) {
    for (const { authorId } of [...adjudication.decisions, ...(adjudication.readOnce ?? [])]) ids.add(authorId)
    for (const id of adjudication.reviewerIds) ids.add(id)
  }
  for (const { reviewers } of agreement.documents) for (const { id } of reviewers) ids.add(id)
  return ids
}

function othersOf({ withdrawn, sessions }: ReportInputs): string[] {
  return [...withdrawn, ...sessions.flatMap(({ draws = [] }) => draws)].flatMap(({ by }) => (by === '' ? [] : [by]))
}

/**
 * Replaces every member in the inputs by a code, and lists the member behind each. A frozen, hashed and published report never contains a member's
 * id, so it can be handed to anyone, and a name can be added or removed without changing it.
 */
export function hideReviewers(inputs: ReportInputs): { inputs: ReportInputs; reviewers: HiddenReviewer[] } {
  const reviewing = reviewersOf(inputs)
  const members = [...new Set([...reviewing, ...othersOf(inputs)])].sort()
  const reviewers = members.map((memberId, place) => {
    return { code: codeOf(place), memberId, reviewed: reviewing.has(memberId) }
  })
  const codes = new Map(reviewers.map(({ code, memberId }) => [memberId, code]))
  const hide = (memberId: string) => codes.get(memberId) ?? memberId
  const hideAuthor = <T extends { authorId: string }>(row: T): T => ({ ...row, authorId: hide(row.authorId) })
  const hideSettled = ({ readOnce, ...adjudication }: DocumentAdjudication): DocumentAdjudication => ({
    ...adjudication,
    ...(readOnce === undefined ? {} : { readOnce: readOnce.map(hideAuthor) }),
    reviewerIds: adjudication.reviewerIds.map(hide),
    decisions: adjudication.decisions.map(hideAuthor),
  })
  const documents = inputs.documents.map((document) => {
    const { annotations, decisions, adjudication } = document
    const hidden = { ...document, annotations: annotations.map(hideAuthor), decisions: decisions.map(hideAuthor) }
    if (adjudication === null || adjudication === undefined) return hidden
    return { ...hidden, adjudication: hideSettled(adjudication) }
  })
  const withdrawn = inputs.withdrawn.map(({ by, adjudication, ...document }) => ({
    ...document,
    by: hide(by),
    adjudication: hideSettled(adjudication),
  }))
  const sessions = inputs.sessions.map(({ draws, ...session }) => ({
    ...session,
    ...(draws === undefined ? {} : { draws: draws.map((draw) => ({ ...draw, by: hide(draw.by) })) }),
  }))
  const rated = inputs.agreement.documents.map((document) => ({
    ...document,
    reviewers: document.reviewers.map((reviewer) => ({ ...reviewer, id: hide(reviewer.id) })),
  }))
  const agreement = { ...inputs.agreement, documents: rated }
  return { inputs: { ...inputs, documents, withdrawn, sessions, agreement }, reviewers }
}

/**
 * The letters of a reviewer in a report that hides names: A to Z, then AA, AB …
 * @param place from 0
 */
export function reviewerLetter(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26))
  return place < 26 ? letter : reviewerLetter(Math.floor(place / 26) - 1) + letter
}
