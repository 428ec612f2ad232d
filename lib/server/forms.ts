import type { z } from 'zod'
import { DomainError, type FieldProblem } from '@/lib/domain/errors'
import { logRefusal } from './log'

/** The text of a form's field; empty when it is missing or a file, and when what an action was called with is no form. */
export function textOf(form: unknown, name: string): string {
  const value = form instanceof FormData ? form.get(name) : null
  return typeof value === 'string' ? value : ''
}

/** Every value of a form's field, and whether it is there; none when what an action was called with is no form. */
export function valuesOf(form: unknown, name: string): FormDataEntryValue[] {
  return form instanceof FormData ? form.getAll(name) : []
}

/**
 * Checks what a form sent.
 * @throws DomainError `invalid` naming each field that was refused.
 */
export function checkForm<S extends z.ZodType>(schema: S, values: unknown): z.infer<S> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  throw new DomainError('invalid', 'Some fields need another look.', {
    fields: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  })
}

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
