import type { ReadProblem } from '../imported-document'

/** Thrown inside the readers of files, however deep they are in one; `readFile` gives its problem as a value. */
export class UnreadableFile extends Error {
  readonly problem: ReadProblem

  constructor(code: ReadProblem['code'], message: string) {
    super(message)
    this.problem = { code, message }
  }
}

/** A file that ends too early, or whose bytes were changed on the way. `what` names its kind: "Word document". */
export function damaged(what: string): UnreadableFile {
  return new UnreadableFile(
    'damaged',
    `This ${what} is damaged: a part of it is missing or cannot be unpacked. Open it in the program that made it, save it again, and import that.`,
  )
}

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
