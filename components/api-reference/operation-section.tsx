import { FieldTable } from './field-table'
import type { ReferenceOperation } from '@/lib/domain/api-reference/model'

/** One operation: who may call it, what it takes, what it answers, what can go wrong, and an example. */
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
