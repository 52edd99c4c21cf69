import { Link } from '@tanstack/react-router'
import { Notice } from '../components/notice.tsx'

export function NoSuchPage() {
  return (
    <Notice kind="failed" title="There is no such page">
      <Link to="/" search={{}} className="underline">
        Go to the market overview
      </Link>
    </Notice>
  )
}
