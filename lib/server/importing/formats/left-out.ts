/** How many parts of a document that was not finished were not read as text, or were though nobody accepted them. */
interface LeftOut {
  comments?: number
  deletions?: number
  /** Kept, though nobody has accepted them yet. */
  insertions?: number
}

function count(number: number, noun: string): string[] {
  return number === 0 ? [] : [`${String(number)} ${noun}${number === 1 ? '' : 's'}`]
}

/** What a person should know of a document that was not finished, as sentences: "2 comments and 1 deletion were left out." */
export function describeLeftOut({ comments = 0, deletions = 0, insertions = 0 }: LeftOut): string[] {
  const left = [...count(comments, 'comment'), ...count(deletions, 'deletion')]
  const were = comments + deletions === 1 ? 'was' : 'were'
  return [
    ...(left.length > 0 ? [`${left.join(' and ')} ${were} left out.`] : []),
    ...count(insertions, 'insertion').map(
      (kept) => `${kept} that nobody has accepted yet ${insertions === 1 ? 'was' : 'were'} kept.`,
    ),
  ]
}
