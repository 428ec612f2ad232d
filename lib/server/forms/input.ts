import type { z } from 'zod'
import { DomainError } from '@/lib/domain/errors'

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
