import { Button } from '@/components/ui/controls/button'
import { Select } from '@/components/ui/controls/field'

/** A session with one of its sources, as `session source`: sources are never put together. */
export interface SessionChoice {
  value: string
  label: string
}

/** Chooses which source of this session is compared, and with which session. The choice lives in the address. */
export function ChooseSession({
  sources,
  source,
  choices,
  chosen,
}: {
  sources: readonly { id: string; name: string }[]
  source: string
  choices: readonly SessionChoice[]
  chosen: string
}) {
  return (
    <form method="get" className="mb-6 flex flex-wrap items-end gap-2.5 print:hidden">
      {sources.length > 1 && (
        <Select
          label="Of this session"
          name="source"
          defaultValue={source}
          fieldClassName="w-full max-w-72"
          options={sources.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Select
        label="Compare with"
        name="with"
        defaultValue={chosen}
        fieldClassName="w-full max-w-96"
        options={[{ value: '', label: 'Choose a closed session' }, ...choices]}
      />
      <Button type="submit">Compare</Button>
    </form>
  )
}
