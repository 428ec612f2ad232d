/** What was begun in the evidence of a mark and left with Escape, by a key of the caller's. It lives in the page alone. */
const drafts = new Map<string, unknown>()

/** Keeps a draft, or with null forgets it. */
export function keepEvidenceDraft(key: string, draft: unknown): void {
  if (draft === null) drafts.delete(key)
  else drafts.set(key, draft)
}

/** The draft kept under a key, as it was given; undefined when there is none. */
export function evidenceDraft(key: string): unknown {
  return drafts.get(key)
}
