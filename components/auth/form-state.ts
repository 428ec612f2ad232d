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
