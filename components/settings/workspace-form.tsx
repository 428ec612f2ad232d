'use client'

import { useActionState } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import type { FormAction } from '@/components/auth/form-state'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'

/** The name of the workspace. */
export function WorkspaceForm({ action, name, version }: { action: FormAction; name: string; version: number }) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} className="grid max-w-md gap-4">
      <FormMessage>{state.message}</FormMessage>
      <FormMessage tone="plain">{state.done}</FormMessage>
      <input type="hidden" name="version" value={version} />
      <TextField
        label="Name"
        name="name"
        autoComplete="organization"
        required
        maxLength={120}
        defaultValue={state.values?.['name'] ?? name}
        error={state.fields?.['name']}
      />
      <div>
        <Button type="submit" busy={pending}>
          Save the name
        </Button>
      </div>
    </form>
  )
}
