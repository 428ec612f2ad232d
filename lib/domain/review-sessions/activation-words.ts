import type { ActivationEffects } from './activation'

/** What is put aside in sentences, one for each reviewer and document, then what holds for references; empty where nothing is hidden. */
export function describeActivation({ blind, putAside }: ActivationEffects): string[] {
  const why = blind ? 'the review is blind and starts afresh' : 'the review starts afresh'
  return [
    ...putAside.map(({ member, document, marks }) => {
      const counted =
        marks === 1 ? `The earlier mark of ${member.name}` : `The ${String(marks)} earlier marks of ${member.name}`
      return `${counted} on “${document.title}” will be hidden from them until the reviews are over, since ${why}.`
    }),
    ...(blind
      ? [
          'References that a reviewer adds to the library are hidden from the others until the reviews are over, unless a mark that they may see cites them.',
        ]
      : []),
  ]
}

/** What a reviewer is told above the text of marks of their own that are put aside; empty for none. */
export function putAsideInWords(count: number, sessionName: string): string {
  if (count === 0) return ''
  const [marks, they] =
    count === 1 ? ['Your earlier mark is', 'it'] : [`Your ${String(count)} earlier marks are`, 'they']
  return `${marks} put aside until the reviews of “${sessionName}” are over, because they start afresh. Nothing is lost: then ${they} will stand in this text again, beside what you mark now.`
}
