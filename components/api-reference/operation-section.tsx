import type { ReferenceOperation, ReferenceField } from '@/lib/domain/api-reference/model'

/** One operation: who may call it, its input, its answers, its errors, and an example. */
export function OperationSection({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, roles, scope, parameters, body, answers, problems, curl } = operation
  return (
    <section data-operation={id} className="grid gap-2 border-t border-line py-5">
      <h3 id={id} className="scroll-mt-4 text-md font-semibold text-ink">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="font-mono text-sm [overflow-wrap:anywhere]">
        <span className="font-semibold">{method.toUpperCase()}</span> {path}
      </p>
      {description !== '' && <p className="max-w-[46rem] text-ink-2">{description}</p>}
      <p className="text-sm text-ink-3">
        For {roles.join(', ')}; token scope {scope}.
      </p>
      <FieldTable label="Parameters" fields={parameters} />
      {body !== null && <FieldTable label={`Body, ${body.mediaType}`} fields={body.fields} />}
      <ul className="grid gap-0.5 text-sm">
        {answers.map(({ status, description: says, type }) => (
          <li key={status}>
            <span className="font-mono font-semibold">{status}</span> {says}{' '}
            {type !== '' && <code className="text-xs">{type}</code>}
          </li>
        ))}
        {problems.map(({ status, codes }) => (
          <li key={status} className="text-ink-2">
            <span className="font-mono font-semibold">{status}</span>{' '}
            {codes.map((code, place) => (
              <span key={code}>
                {place > 0 && ', '}
                <a
                  href={`#problem-${code}`}
                  className="underline decoration-line-strong underline-offset-2 hover:decoration-ink"
                >
                  {code}
                </a>
              </span>
            ))}
          </li>
        ))}
      </ul>
      <pre
        tabIndex={0}
        aria-label={`Example: ${summary}`}
        className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs"
      >
        {curl}
      </pre>
    </section>
  )
}

interface FieldTableProps {
  label: string
  fields: readonly (ReferenceField & { place?: string })[]
}

/** The fields of a request body, an object or a call's parameters. */
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
                {/* Field names are between backticks. */}
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
