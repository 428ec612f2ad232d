import type { ActivationEffects } from './activation'

/**
 * Says which marks are put aside, one sentence for each reviewer and document, and then what applies to references. Empty where nothing is hidden.
 */
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

/** The notice to a reviewer above a text with marks of their own that are put aside; empty without such marks. */
export function putAsideInWords(count: number, sessionName: string): string {
  if (count === 0) return ''
  const [marks, they] =
    count === 1 ? ['Your earlier mark is', 'it'] : [`Your ${String(count)} earlier marks are`, 'they']
  return `${marks} put aside until the reviews of “${sessionName}” are over, because they start afresh. Nothing is lost: after that ${they} will reappear in this text, beside your new marks.`
}
