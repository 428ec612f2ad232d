import type { z } from 'zod'
import { DomainError } from '@/lib/domain/errors'

/** The text of a form's field; empty when it is missing or a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
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
