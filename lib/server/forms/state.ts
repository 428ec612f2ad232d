import { DomainError, type FieldProblem } from '@/lib/domain/errors'
import { logRefusal } from '../security-log'

/** What a form shows after it was sent and refused. `values` are what was typed, without passwords, so that nothing is typed twice. */
export interface FormState {
  message?: string
  /** It was refused because nobody is signed in. */
  signedOut?: boolean
  /** What was done, when it was. */
  done?: string
  fields?: Record<string, string>
  values?: Record<string, string>
}

/** The first message of each field. */
export function fieldMessages(problems: readonly FieldProblem[]): Record<string, string> {
  return Object.fromEntries(problems.toReversed().map(({ path, message }) => [path, message]))
}

/** The state of a form after an expected failure; anything else is thrown on, for the error page and the log. */
export function formStateOf(error: unknown, values: Record<string, string> = {}): FormState {
  if (!(error instanceof DomainError)) throw error
  logRefusal(error, { via: 'form' })
  const fields = fieldMessages(error.details.fields ?? [])
  return {
    values,
    fields,
    ...(Object.keys(fields).length === 0 ? { message: error.message } : {}),
    ...(error.code === 'unauthenticated' ? { signedOut: true } : {}),
  }
}
