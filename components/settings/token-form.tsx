'use client'

import { FormMessage } from '@/components/auth/form-message'
import type { FormAction, FormState } from '@/components/auth/form-state'
import { useForm } from '@/components/auth/use-form'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/checkbox'
import { Select } from '@/components/ui/controls/select'
import { TextField } from '@/components/ui/controls/text-field'
import type { TokenScope } from '@/lib/domain/access/policy'
import { CopyOnce } from './copy-once'

interface TokenState extends FormState {
  made?: { name: string; secret: string }
}

const scopes: readonly { value: TokenScope; label: string; hint: string }[] = [
  { value: 'read', label: 'Read', hint: 'Documents, annotations, references, reports.' },
  { value: 'annotate', label: 'Annotate', hint: 'Highlights, ratings, citations and references.' },
  { value: 'manage', label: 'Manage', hint: 'Sources and documents, such as an import.' },
  { value: 'administer', label: 'Administer', hint: 'Members, invitations, tokens and the workspace.' },
]

const lives = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: '0', label: 'Until revoked' },
]

/** Makes a personal token, and shows it this once. */
export function TokenForm({ action }: { action: FormAction<TokenState> }) {
  const { state, props, pending } = useForm(action, {})
  return (
    <div className="grid max-w-2xl gap-4">
      {state.made !== undefined && (
        <div className="grid gap-3 rounded-lg border border-line bg-surface p-4">
          <FormMessage tone="plain">{`“${state.made.name}” is made. Copy it now: it is not shown again.`}</FormMessage>
          <CopyOnce label="Your new token" value={state.made.secret} />
        </div>
      )}
      <form {...props} className="grid gap-4">
        <FormMessage>{state.message}</FormMessage>
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_10rem]">
          <TextField
            label="Name"
            hint="What it is for, such as: nightly import."
            name="name"
            autoComplete="off"
            required
            maxLength={120}
            defaultValue={state.values?.['name']}
            error={state.fields?.['name']}
          />
          <Select label="Works for" name="days" options={lives} defaultValue="90" />
        </div>
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 text-sm font-medium">What it may do, within your role</legend>
          {scopes.map(({ value, label, hint }) => (
            <Checkbox
              key={value}
              name="scopes"
              value={value}
              label={label}
              hint={hint}
              defaultChecked={value === 'read'}
            />
          ))}
          {state.fields?.['scopes'] !== undefined && <p className="text-sm text-danger">{state.fields['scopes']}</p>}
        </fieldset>
        <div>
          <Button type="submit" variant="primary" busy={pending}>
            Make the token
          </Button>
        </div>
      </form>
    </div>
  )
}
