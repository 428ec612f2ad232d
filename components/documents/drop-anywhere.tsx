'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { filesOfDrop } from '@/components/ui/controls/picked-files'

/** Files dropped on the list, on their way to the import page. They are kept in the browser only, for one navigation. */
let waiting: File[] = []

/** Keeps dropped files until the import page takes them. */
function keepDroppedFiles(files: readonly File[]): void {
  waiting = [...files]
}

/** Takes the waiting files; a second call finds none. */
export function takeDroppedFiles(): File[] {
  const files = waiting
  waiting = []
  return files
}

/** Lets files be dropped anywhere on the page. They open on the import page, which stores nothing before it is confirmed. */
export function DropAnywhere({ sourceId }: { sourceId?: string | undefined }) {
  const router = useRouter()
  const [over, setOver] = useState(false)

  useEffect(() => {
    // Enter and leave events come for every element underneath, so only their balance says whether the pointer is still here.
    let depth = 0
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth -= 1
      if (depth <= 0) setOver(false)
    }
    const allow = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      if (event.dataTransfer === null) return
      void filesOfDrop(event.dataTransfer).then((files) => {
        if (files.length === 0) return
        keepDroppedFiles(files)
        router.push(sourceId === undefined ? '/documents/import' : `/documents/import?source=${sourceId}`)
      })
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', drop)
    }
  }, [router, sourceId])

  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-40 grid place-items-center bg-paper/85 p-6">
      <p className="rounded-lg border-2 border-dashed border-accent bg-surface px-10 py-8 text-center font-serif text-xl font-semibold text-accent shadow-float">
        Drop to look at it before importing
      </p>
    </div>
  )
}
