import type { ReadProblem } from '../imported-document'

/** Thrown inside the readers of files at any depth; `readFile` returns its problem as a value. */
export class UnreadableFile extends Error {
  readonly problem: ReadProblem

  constructor(code: ReadProblem['code'], message: string) {
    super(message)
    this.problem = { code, message }
  }
}

/** The error for a truncated or corrupted file. `what` names its kind: "Word document". */
export function damaged(what: string): UnreadableFile {
  return new UnreadableFile(
    'damaged',
    `This ${what} is damaged: a part of it is missing or cannot be unpacked. Open it in the program that made it, save it again, and import that.`,
  )
}

/** Counts the parts of an unfinished document that were left out, and those that were read although nobody accepted them. */
interface LeftOut {
  comments?: number
  deletions?: number
  /** Read as text, although not accepted yet. */
  insertions?: number
}

function count(number: number, noun: string): string[] {
  return number === 0 ? [] : [`${String(number)} ${noun}${number === 1 ? '' : 's'}`]
}

/** Describes unfinished parts of a document in sentences: "2 comments and 1 deletion were left out." */
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
