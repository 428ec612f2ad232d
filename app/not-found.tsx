import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { Notice } from '@/components/shell/notices/notice'
import { Wordmark } from '@/components/shell/frame/wordmark'
import { LinkButton } from '@/components/ui/controls/button'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main>
      <p className="absolute start-5 top-5">
        <Link href="/" className="rounded-sm">
          <Wordmark />
        </Link>
      </p>
      <Notice
        title="There is nothing here"
        actions={
          <LinkButton href="/documents" variant="primary">
            Go to documents
          </LinkButton>
        }
      >
        The address may be mistyped, the thing may have been deleted, or it may belong to another workspace.
      </Notice>
    </main>
  )
}
