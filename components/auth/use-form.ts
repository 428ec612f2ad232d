'use client'

import { unstable_rethrow as rethrow } from 'next/navigation'
import { useActionState, useEffect, useRef, useState, useTransition, type RefObject, type SubmitEvent } from 'react'
import { noteSignedOut } from '@/lib/client/api/signed-out'

/** The state of a form after a refused submission. */
export interface FormState {
  message?: string
  /** Refused because nobody is signed in. */
  signedOut?: boolean
  /** What was done, after success. */
  done?: string
  fields?: Record<string, string>
  values?: Record<string, string>
}

/** A form's action for `useActionState`. */
export type FormAction<S extends FormState = FormState> = (before: S, form: FormData) => Promise<S>

/** Runs a server action. A missing answer counts as a refusal, so that the page stays as it is; without a sign-in, the shell offers one. */
export async function runAction<S extends FormState>(action: () => Promise<S>): Promise<S | FormState> {
  try {
    const state = await action()
    noteSignedOut(state.signedOut === true)
    return state
  } catch (error) {
    rethrow(error)
    return { message: 'The server gave no usable answer. Check the connection and try again.' }
  }
}

function isRefused({ message, fields = {} }: FormState): boolean {
  return message !== undefined || Object.keys(fields).length > 0
}

/** What a form needs: its state, the attributes of its `form` element, and whether it awaits an answer. */
export interface UsedForm<S> {
  state: Awaited<S> | S
  props: {
    ref: RefObject<HTMLFormElement | null>
    action: (form: FormData) => void
    onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
  }
  pending: boolean
}

/**
 * Submits a form to an action. The typed values stay until the action succeeds; by default React would empty the fields after every answer. Without
 * script the browser posts the form, and `state.values` restore what was typed.
 */
export function useForm<S extends FormState>(action: FormAction<S>, initial: Awaited<S>): UsedForm<S> {
  const ref = useRef<HTMLFormElement>(null)
  const [posted, post] = useActionState(action, initial)
  const [sent, setSent] = useState<Awaited<S> | null>(null)
  const [pending, startTransition] = useTransition()
  useEffect(() => {
    if (sent !== null && !isRefused(sent)) ref.current?.reset()
  }, [sent])
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    startTransition(async () => {
      const state = await runAction(() => action(posted, form))
      startTransition(() => {
        setSent({ ...initial, ...state })
      })
    })
  }
  return { state: sent ?? posted, props: { ref, action: post, onSubmit }, pending }
}
