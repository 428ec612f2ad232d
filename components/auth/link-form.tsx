'use client'

import { useActionState, type ReactNode } from 'react'
import { Button } from '@/components/ui/controls/button'
import { FormMessage } from './form-message'
import type { FormAction, FormState } from './form-state'

export interface LinkFormProps {
  action: FormAction
  /** The secret of the link that led here. */
  token: string
  submitLabel: string
  /** The fields, given what came of sending them before. */
  children?: (state: FormState) => ReactNode
}

/** A form behind a link with a secret: what is wrong, its fields, and the button. */
export function LinkForm({ action, token, submitLabel, children }: LinkFormProps) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage>{state.message}</FormMessage>
      <input type="hidden" name="token" value={token} />
      {children?.(state)}
      <Button type="submit" variant="primary" busy={pending}>
        {submitLabel}
      </Button>
    </form>
  )
}
