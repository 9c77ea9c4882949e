import type { MaterialReference, Matter, MatterReference } from '@/api'
import { t } from '@/i18n'

/** Groups and texts that say nothing are left out of what the program sends. */
type Said<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: Said<T[K]> | undefined }
    : T

/** What the guide says of a matter that no rule depends on. */
export function referenceOf(matter: Matter): Said<MatterReference> {
  return matter.reference ?? {}
}

/** A term and what the guide says of it. */
export type Fact = readonly [term: string, text: string]

function told(facts: readonly (readonly [string, string | undefined])[]): Fact[] {
  return facts.flatMap(([term, text]) => (text?.trim() ? [[term, text.trim()] as const] : []))
}

function offered(answer: boolean | undefined): string | undefined {
  if (answer === undefined) return undefined
  return answer ? t('guide.more.offered') : t('guide.more.notOffered')
}

function yesNo(answer: boolean | undefined): string | undefined {
  if (answer === undefined) return undefined
  return answer ? t('guide.more.yes') : t('guide.more.no')
}

/** Ways, limits in words and addresses: only what the guide says. */
export function waysOf(matter: Matter): Fact[] {
  const { service = {}, online = {}, result = {} } = referenceOf(matter)
  const and = t('words.and')
  return told([
    [t('guide.more.forms'), service.handle_forms?.map((f) => t(`words.handleForm.${f}`)).join(and)],
    [t('guide.more.area'), service.area && t(`words.serviceArea.${service.area}`)],
    [t('guide.more.visitReason'), service.visit_reason],
    [t('guide.more.inHall'), yesNo(service.in_hall)],
    [t('guide.more.appointment'), offered(service.appointment)],
    [t('guide.more.express'), offered(service.express)],
    [t('guide.more.selfService'), offered(service.self_service)],
    [t('guide.more.online'), offered(online.available)],
    [t('guide.more.depth'), online.depth && t(`words.onlineDepth.${online.depth}`)],
    [t('guide.more.url'), online.url],
    [t('guide.more.mobileUrl'), online.mobile_url],
    [t('guide.more.promisedNote'), service.promised_explanation],
    [t('guide.more.statutoryNote'), service.statutory_explanation],
    [t('guide.more.quantity'), service.quantity_limit],
    [t('guide.more.validity'), result.validity],
  ])
}

/** 编码、状态 and by whose power, for the clerk who is asked. */
export function originOf(matter: Matter): Fact[] {
  const { catalogue = {}, authority = {} } = referenceOf(matter)
  const and = t('words.and')
  return told([
    [t('guide.more.state'), catalogue.state && t(`words.matterState.${catalogue.state}`)],
    [t('guide.more.from'), catalogue.effective_from],
    [t('guide.more.until'), catalogue.effective_until],
    [t('guide.more.version'), catalogue.version],
    [t('guide.more.catalogCode'), catalogue.catalog_code],
    [t('guide.more.handleItem'), catalogue.handle_item],
    [t('guide.more.entrustedBy'), authority.entrusted_by],
    [t('guide.more.joint'), authority.joint_departments?.join(and)],
    [t('guide.more.intermediaries'), authority.intermediaries?.join(and)],
  ])
}

/** The grounds, taken apart: name, number, article and what it says. */
export function groundsOf(matter: Matter): string[] {
  const grounds = referenceOf(matter).authority?.legal_basis ?? []
  return grounds.map((one) => {
    const { number, article, content }: Partial<typeof one> = one
    const name = t('guide.more.ground', { name: one.name, number: number ?? '', article: article ?? '' })
    return content ? `${name}${t('words.colon')}${content}` : name
  })
}

/** What a material has beyond its standard and its way. */
export function materialFacts(reference: MaterialReference | undefined): Fact[] {
  const said: Partial<MaterialReference> = reference ?? {}
  return told([
    [t('guide.more.pageFormat'), said.page_format],
    [t('guide.more.sourceNote'), said.source_explanation],
    [t('guide.more.filling'), said.filling_notes],
    [t('guide.more.issuedWithin'), said.issued_within],
    [t('guide.more.usage'), said.usage_note],
    [t('guide.more.materialBasis'), said.legal_basis],
  ])
}

/** A telephone, or another way to ask: the matter's own first, the department's where it differs. */
export function askAt(own: string | undefined, phone: string): string {
  const said = own?.trim() ?? ''
  if (!said) return phone
  return !phone || said.includes(phone) ? said : t('guide.more.orDepartment', { said, phone })
}

/** 网上支付 of a fee item, where the guide says it. */
export function paidOnline(answer: boolean | undefined): string {
  if (answer === undefined) return ''
  return answer ? t('guide.more.payOnline') : t('guide.more.payAtHall')
}
