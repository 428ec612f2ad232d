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
