import type { BundleView, Determination, Draft, Matter } from '@/api'

/** A bundle of the fake guide: its first matter leads. */
export interface FakeBundle {
  id: string
  name: string
  matters: Matter[]
}

/** The bundle as a draft stands: every matter that is taken gets what the lead gets. */
export function fakeBundleView(bundle: FakeBundle, draft: Draft, found: Determination | null): BundleView {
  const taken = (code: string): boolean => draft.bundle?.taken.includes(code) ?? false
  return {
    id: bundle.id,
    name: bundle.name,
    note: '',
    limit: { value: 5, unit: 'workdays' },
    members: bundle.matters.map((matter, n) => ({
      code: matter.code,
      name: matter.name,
      department: '根河市示范局',
      lead: n === 0,
      taken: n === 0 || taken(matter.code),
      stopped: null,
      determination: n === 0 || taken(matter.code) ? found : null,
      due_explained: null,
    })),
    savings: found && {
      materials: { apart: 8, joint: 5 },
      steps: { apart: 10, joint: 7 },
      visits: { apart: 2, joint: 1 },
    },
  }
}
