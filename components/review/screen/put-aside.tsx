import { putAsideInWords } from '@/lib/domain/review-sessions/activation-words'

/** Above the text: that a session puts earlier marks of the person aside, and where they come back. */
export default function PutAside({ count, sessionName }: { count: number; sessionName: string }) {
  const words = putAsideInWords(count, sessionName)
  if (words === '') return null
  return (
    <p role="note" dir="auto" className="mb-6 rounded-md border border-line bg-sunken px-3 py-2 text-sm print:hidden">
      {words}
    </p>
  )
}
