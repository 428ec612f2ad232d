import { Link } from '@/components/ui/controls/link'
import type { Metadata } from 'next'
import { OperationSection, FieldTable } from '@/components/api-reference/operation-section'
import { PageHeader } from '@/components/ui/layout/page-header'
import { api } from '@/lib/server/api/api'
import { referenceOf } from '@/lib/server/api/reference'

export const metadata: Metadata = { title: 'API' }

const linkStyle = 'underline decoration-line-strong underline-offset-2 hover:decoration-ink'

export default function ApiPage() {
  const { description, nouns, objects, problems } = referenceOf(api.document())
  return (
    <main className="page-column py-8">
      <PageHeader title="API" back={<Link href="/">Sourcemark</Link>}>
        <p>{description}</p>
        <p className="mt-2">
          The same as a file for programs:{' '}
          <a href="/api/v1/openapi.json" className={linkStyle}>
            OpenAPI 3.1
          </a>
          .
        </p>
      </PageHeader>
      <nav aria-label="On this page" className="mb-6 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {[
          ['signing-in', 'Signing in'],
          ...nouns.map(({ name }) => [nounId(name), name]),
          ['objects', 'Objects'],
          ['problems', 'Problems'],
        ].map(([id, label]) => (
          <a key={id} href={`#${id ?? ''}`} className={`inline-block first-letter:uppercase ${linkStyle}`}>
            {label}
          </a>
        ))}
      </nav>
      <section aria-labelledby="signing-in" className="grid max-w-[46rem] gap-2 pb-6">
        <h2 id="signing-in" className="scroll-mt-4 font-serif text-xl font-semibold">
          Signing in
        </h2>
        <p>
          Make a token under{' '}
          <a href="/settings/tokens" className={linkStyle}>
            Settings, Tokens
          </a>{' '}
          and send it with each request. It acts as you, in the workspace it was made in, within its scopes.
        </p>
        <pre
          tabIndex={0}
          aria-label="Example: your first call"
          className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs"
        >
          {
            'export SOURCEMARK=http://127.0.0.1:3000\nexport TOKEN=smk_…\ncurl "$SOURCEMARK/api/v1/me" -H "Authorization: Bearer $TOKEN"'
          }
        </pre>
        <p>
          Answers with a row carry its version as ETag. An edit names the version it saw in If-Match; if the row has
          changed since, the edit is refused with the stored row, and nothing is overwritten. Lists answer{' '}
          <code>next</code>: send it as <code>cursor</code> for the page after.
        </p>
      </section>
      {nouns.map(({ name, operations }) => (
        <section key={name} className="pb-6">
          <h2 id={nounId(name)} className="scroll-mt-4 pb-2 font-serif text-xl font-semibold first-letter:uppercase">
            {name}
          </h2>
          {operations.map((operation) => (
            <OperationSection key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
      <section aria-labelledby="objects" className="grid gap-4 pb-6">
        <h2 id="objects" className="scroll-mt-4 font-serif text-xl font-semibold">
          Objects
        </h2>
        {objects.map(({ name, fields }) => (
          <FieldTable key={name} label={name} fields={fields} />
        ))}
      </section>
      <section aria-labelledby="problems" className="grid gap-3">
        <h2 id="problems" className="scroll-mt-4 font-serif text-xl font-semibold">
          Problems
        </h2>
        <p className="max-w-[46rem]">
          Every failure is answered as application/problem+json (RFC 9457). <code>code</code> is one of these;{' '}
          <code>detail</code> says what would have worked.
        </p>
        <dl className="grid gap-3">
          {problems.map(({ code, status, meaning }) => (
            <div key={code} id={`problem-${code}`} className="scroll-mt-4">
              <dt className="font-mono text-sm font-semibold">
                {code} <span className="font-normal text-ink-3">{status}</span>
              </dt>
              <dd className="max-w-[46rem] text-ink-2">{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
    </main>
  )
}

function nounId(noun: string): string {
  return `noun-${noun.replaceAll(' ', '-')}`
}
