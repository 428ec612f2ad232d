import { putAsideInWords } from '@/lib/domain/review-sessions/activation-words'

type Range = Readonly<{ start: number; end: number; id?: string }>

/** Above the text: that a session puts earlier marks of the person aside, and where they come back. */
export function PutAside({ count, sessionName }: { count: number; sessionName: string }) {
  const words = putAsideInWords(count, sessionName)
  if (words === '') return null
  return (
    <p role="note" dir="auto" className="mb-6 rounded-md border border-line bg-sunken px-3 py-2 text-sm print:hidden">
      {words}
    </p>
  )
}

/**
 * Makes the function that says where a mark stands, and of those that their author made twice also which is which: "sentence 4, in a session",
 * "sentence 4, open reading".
 * @param twins whether a mark was made in a session, by its id
 */
export function placeWithOrigin(
  placeOf: (range: Range) => string,
  twins: Readonly<Record<string, boolean>>,
): (range: Range) => string {
  return (range) => {
    const inSession = range.id === undefined ? undefined : twins[range.id]
    const place = placeOf(range)
    return inSession === undefined ? place : `${place}, ${inSession ? 'in a session' : 'open reading'}`
  }
}
