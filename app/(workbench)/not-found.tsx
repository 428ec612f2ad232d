import { Notice } from '@/components/shell/notices/notice'
import { LinkButton } from '@/components/ui/controls/button'

export default function NotFound() {
  return (
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
  )
}
