'use client'

import { type ReactNode, useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import { controlClasses, Field, TextField } from '@/components/ui/controls/field'
import type { FormState } from './use-form'

/** A field for a new user's name. */
export function NameField({ state }: { state: FormState }) {
  return (
    <TextField
      label="Your name"
      name="name"
      autoComplete="name"
      required
      maxLength={120}
      defaultValue={state.values?.['name']}
      error={state.fields?.['name']}
    />
  )
}

/** A field for an e-mail address. */
export function EmailField({ label, state, known }: { label: string; state: FormState; known?: string | undefined }) {
  return (
    <TextField
      label={label}
      type="email"
      name="email"
      autoComplete="username"
      dir="ltr"
      required
      maxLength={254}
      defaultValue={state.values?.['email'] ?? known}
      error={state.fields?.['email']}
    />
  )
}

/** Shows the e-mail address that a link is for. Password managers store the new password under it. */
export function GivenEmailField({ email }: { email: string }) {
  return (
    <TextField
      label="E-mail address"
      type="email"
      name="email"
      autoComplete="username"
      dir="ltr"
      readOnly
      className="bg-sunken text-ink-2"
      value={email}
    />
  )
}

interface PasswordFieldProps {
  label: string
  name: string
  /** What a password manager should do: offer the stored one, or make a new one. */
  autoComplete: 'current-password' | 'new-password'
  hint?: ReactNode
  error?: string | null | undefined
}

/** A password field with a switch that shows the typed characters. */
export function PasswordField({ label, name, autoComplete, hint, error }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="relative grid">
          <input
            type={shown ? 'text' : 'password'}
            name={name}
            autoComplete={autoComplete}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
            maxLength={1000}
            className={classNames(controlClasses, 'h-9 pe-16')}
            {...control}
          />
          <button
            type="button"
            aria-label={shown ? `Hide: ${label}` : `Show: ${label}`}
            onClick={() => {
              setShown(!shown)
            }}
            className="absolute inset-y-1 end-1 rounded-sm px-2 text-sm text-ink-2 hover:bg-hover hover:text-ink"
          >
            {shown ? 'Hide' : 'Show'}
          </button>
        </span>
      )}
    </Field>
  )
}

/** A field for a new password, with the rules for a good one. */
export function NewPasswordField({ label, state }: { label: string; state: FormState }) {
  const error = state.fields?.['password']
  return (
    <PasswordField
      label={label}
      name="password"
      autoComplete="new-password"
      // What is wrong says what would work, as the hint does.
      hint={error === undefined ? 'At least 12 characters. Four or five unrelated words work well.' : undefined}
      error={error}
    />
  )
}
