'use client'

import { unstable_rethrow as rethrow } from 'next/navigation'
import { useActionState, useEffect, useRef, useState, useTransition, type RefObject, type SubmitEvent } from 'react'
import { noteSignedOut } from '@/lib/client/api/signed-out'

/** What a form shows after it was sent and refused. */
export interface FormState {
  message?: string
  /** It was refused because nobody is signed in. */
  signedOut?: boolean
  /** What was done, when it was. */
  done?: string
  fields?: Record<string, string>
  values?: Record<string, string>
}

/** A form's action for `useActionState`. */
export type FormAction<S extends FormState = FormState> = (before: S, form: FormData) => Promise<S>

/**
 * Runs an action that was asked for. Without an answer it is a refusal like any other, so that the page stays as it is; without a sign-in the shell
 * offers one.
 */
export async function runAction<S extends FormState>(action: () => Promise<S>): Promise<S | FormState> {
  try {
    const state = await action()
    noteSignedOut(state.signedOut === true)
    return state
  } catch (error) {
    rethrow(error)
    return { message: 'The server gave no answer that makes sense here. Check the connection and try again.' }
  }
}

function isRefused({ message, fields = {} }: FormState): boolean {
  return message !== undefined || Object.keys(fields).length > 0
}

/** What a form needs: where it stands, what goes on its `form` element, and whether it waits for an answer. */
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
 * Sends a form to an action. What was typed stays until the action has done it: React would empty the fields after every answer. Without script the
 * form is posted, and `state.values` bring back what was typed.
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
