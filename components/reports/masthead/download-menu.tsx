'use client'

import { Button } from '@/components/ui/controls/button'
import { Menu, type MenuItem } from '@/components/ui/overlays/menu'
import { exportFormatNames, exportFormats } from '@/lib/domain/report-exports/formats'

export interface DownloadMenuProps {
  /** Where exports are answered; `?format=` is added to it. */
  exportPath: string
  bundlePath: string
  /** Whether anyone can open the report at an address: a ClaimReview names it. */
  isPublished: boolean
}

function download(path: string): void {
  // A download leaves the page where it is.
  window.location.assign(new URL(path, window.location.origin))
}

/** The files that a frozen report can be had as. */
export function DownloadMenu({ exportPath, bundlePath, isPublished }: DownloadMenuProps) {
  const formats = exportFormatNames.filter((format) => format !== 'claim-review' || isPublished)
  const items: MenuItem[] = [
    ...formats.map((format) => ({
      kind: 'action' as const,
      label: exportFormats[format].name,
      onSelect: () => {
        download(`${exportPath}?format=${format}`)
      },
    })),
    { kind: 'separator' },
    {
      kind: 'action',
      label: 'Bundle to verify (JSON)',
      onSelect: () => {
        download(bundlePath)
      },
    },
  ]
  return (
    <Menu
      label="Download the report"
      align="end"
      items={items}
      trigger={(props) => (
        <Button {...props} size="small" className="[@media(scripting:none)]:hidden">
          Download
        </Button>
      )}
    />
  )
}
