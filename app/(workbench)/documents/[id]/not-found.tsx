import { Notice } from '@/components/shell/notices/notice'
import { LinkButton } from '@/components/ui/controls/link-button'

export default function DocumentNotFound() {
  return (
    <Notice
      title="This document is not here"
      actions={
        <LinkButton href="/documents" variant="primary">
          Go to documents
        </LinkButton>
      }
    >
      It may have been deleted, the link may name a revision that does not exist, or it belongs to another workspace. A
      lead can bring a deleted document back.
    </Notice>
  )
}
