import { TextField } from '@/components/ui/controls/field'
import type { FormState } from './form-state'
import { PasswordField } from './password-field'

/** Asks someone new for their name. */
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

/** Asks for an e-mail address. */
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

/** Shows the e-mail address that a link is for; password managers keep the new password under it. */
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

/** Asks for a new password, and says what a good one is. */
export function NewPasswordField({ label, state }: { label: string; state: FormState }) {
  return (
    <PasswordField
      label={label}
      name="password"
      autoComplete="new-password"
      hint="At least 12 characters. Four or five unrelated words work well."
      error={state.fields?.['password']}
    />
  )
}
