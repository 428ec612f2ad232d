import { Skeleton } from '@/components/ui/layout/skeleton'

export default function Loading() {
  return (
    <div
      role="status"
      aria-label="Opening the document"
      className="mx-auto grid w-full max-w-[44rem] gap-4 px-8 pt-24 noscript:hidden"
    >
      <Skeleton className="h-4 w-64" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-4 w-40" />
      <div className="mt-8 grid gap-3">
        {['w-full', 'w-11/12', 'w-full', 'w-10/12', 'w-full', 'w-7/12'].map((width, line) => (
          <Skeleton key={line} className={`h-5 ${width}`} />
        ))}
      </div>
    </div>
  )
}
