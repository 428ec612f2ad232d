import type { ReferenceField } from '@/lib/domain/api-reference/model'

export interface FieldTableProps {
  label: string
  fields: readonly (ReferenceField & { place?: string })[]
}

/** The fields of a body, an object or a call's parameters. */
export function FieldTable({ label, fields }: FieldTableProps) {
  if (fields.length === 0) return null
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={label}>
      <table className="w-full border-collapse text-sm [&_td]:border-t [&_td]:border-line [&_td]:py-1 [&_td]:pe-4 [&_td]:align-top">
        <caption className="py-1 text-start text-xs font-semibold text-ink-3">{label}</caption>
        <thead className="sr-only">
          <tr>
            <th>Name</th>
            <th>Type</th>
            <th>Meaning</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ path, place, type, required, description }) => (
            <tr key={`${place ?? ''}${path}`}>
              <td className="whitespace-nowrap font-mono text-xs">
                {path}
                {required && <span className="text-ink-3"> (needed)</span>}
              </td>
              <td className="font-mono text-xs text-ink-2 [overflow-wrap:anywhere]">{type}</td>
              <td className="text-ink-2">
                {place === undefined || place === 'path' ? '' : `${place}. `}
                {/* Names of fields stand between backticks. */}
                {description
                  .split('`')
                  .map((words, index) => (index % 2 === 1 ? <code key={index}>{words}</code> : words))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
