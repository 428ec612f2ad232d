import type { z } from 'zod'
import { DomainError, type FieldProblem } from '@/lib/domain/errors'
import { logRefusal } from './log'

/** The text of a form's field; empty when it is missing or a file, and when the action's argument is not a form. */
export function textOf(form: unknown, name: string): string {
  const value = form instanceof FormData ? form.get(name) : null
  return typeof value === 'string' ? value : ''
}

/** All values of a form's field; empty when it is missing, and when the action's argument is not a form. */
export function valuesOf(form: unknown, name: string): FormDataEntryValue[] {
  return form instanceof FormData ? form.getAll(name) : []
}

/**
 * Checks the fields of a form.
 * @throws DomainError `invalid` naming each refused field.
 */
export function checkForm<S extends z.ZodType>(schema: S, values: unknown): z.infer<S> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  throw new DomainError('invalid', 'Some fields need another look.', {
    fields: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  })
}

/** The state of a form that was refused. `values` are the typed values without passwords, so that nothing is typed twice. */
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
function fieldMessages(problems: readonly FieldProblem[]): Record<string, string> {
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
