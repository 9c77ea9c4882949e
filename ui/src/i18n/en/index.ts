import type { Catalogue } from '..'

import access from './access.json'
import bundle from './bundle.json'
import cases from './cases.json'
import clerk from './clerk.json'
import display from './display.json'
import errors from './errors.json'
import evaluation from './evaluation.json'
import figures from './figures.json'
import frame from './frame.json'
import guide from './guide.json'
import handover from './handover.json'
import help from './help.json'
import intake from './intake.json'
import ledger from './ledger.json'
import matter from './matter.json'
import paper from './paper.json'
import party from './party.json'
import print from './print.json'
import scan from './scan.json'
import shift from './shift.json'
import signature from './signature.json'
import templates from './templates.json'
import training from './training.json'
import transfer from './transfer.json'
import upstream from './upstream.json'
import verify from './verify.json'
import words from './words.json'
import workbench from './workbench.json'

/** Everything the screens say, in English; a text that is missing does not compile. */
const english: Catalogue = {
  access,
  bundle,
  cases,
  clerk,
  display,
  errors,
  evaluation,
  figures,
  frame,
  guide,
  handover,
  help,
  intake,
  ledger,
  matter,
  paper,
  party,
  print,
  scan,
  shift,
  signature,
  templates,
  training,
  transfer,
  upstream,
  verify,
  words,
  workbench,
}

export default english
