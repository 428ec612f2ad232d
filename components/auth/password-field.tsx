'use client'

import { useState, type ReactNode } from 'react'
import { controlClasses, Field } from '@/components/ui/controls/field'
import { classNames } from '@/components/ui/class-names'

export interface PasswordFieldProps {
  label: string
  name: string
  /** What a password manager should do: offer the stored one, or make a new one. */
  autoComplete: 'current-password' | 'new-password'
  hint?: ReactNode
  error?: string | null | undefined
}

/** A password with a switch to see what one types. */
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
