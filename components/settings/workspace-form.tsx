'use client'

import { FormMessage } from '@/components/auth/form-message'
import { useForm, type FormAction } from '@/components/auth/use-form'
import { Button } from '@/components/ui/controls/button'
import { TextField, Select } from '@/components/ui/controls/field'

/** The form for the workspace's name and time zone, by which its due days end; `timeZones` are the choices. */
export function WorkspaceForm({
  action,
  name,
  timeZone,
  timeZones,
  version,
}: {
  action: FormAction
  name: string
  timeZone: string
  timeZones: readonly string[]
  version: number
}) {
  const { state, props, pending } = useForm(action, {})
  return (
    <form {...props} className="grid max-w-md gap-4">
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
      <Select
        // React resets a submitted form to its first default values; a new key makes the saved zone the default.
        key={timeZone}
        label="Time zone"
        name="timeZone"
        hint="A due day ends at midnight here. When you change it, work that is not done stays due on the same day."
        defaultValue={state.values?.['timeZone'] ?? timeZone}
        error={state.fields?.['timeZone']}
        options={timeZones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
      />
      <div>
        <Button type="submit" busy={pending}>
          Save
        </Button>
      </div>
    </form>
  )
}
