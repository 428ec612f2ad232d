import { ListSkeleton } from '@/components/ui/layout/skeleton'

export default function Loading() {
  return <ListSkeleton label="Loading references" />
}
