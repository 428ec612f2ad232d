import { ListSkeleton } from '@/components/ui/layout/list-skeleton'

export default function Loading() {
  return <ListSkeleton label="Loading sources" />
}
