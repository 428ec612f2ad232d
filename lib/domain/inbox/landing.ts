/** What may wait for a member, in numbers. */
export interface Waiting {
  /** Their documents to review or returned to them, and unread comments that address them. */
  total: number
  /** Submissions of others that they are to accept or return. */
  toAccept: number
  /** Sessions whose claims they settle, with some open. */
  toAdjudicate: number
}

/** Where someone lands who asks for no page: where work waits, else where there is something to read. */
export function landingPath({ total, toAccept, toAdjudicate }: Waiting): '/inbox' | '/documents' {
  return total + toAccept + toAdjudicate > 0 ? '/inbox' : '/documents'
}
