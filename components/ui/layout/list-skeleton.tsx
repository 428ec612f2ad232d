import { Loading, Skeleton } from './skeleton'

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3', 'w-1/3', 'w-3/5']

/** Stands for a page with a heading and a list of rows while it loads. */
export function ListSkeleton({ label }: { label: string }) {
  return (
    <Loading label={label} className="page-column">
      <Skeleton className="mb-8 h-8 w-52" />
      <Skeleton className="mb-4 h-9 w-72 rounded-md" />
      <div className="divide-y divide-line rounded-lg border border-line bg-surface">
        {widths.map((width, at) => (
          <div key={at} className="grid gap-2 px-3.5 py-3.5">
            <Skeleton className={width} />
            <Skeleton className="h-3 w-40" />
          </div>
        ))}
      </div>
    </Loading>
  )
}
