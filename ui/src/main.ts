import '@fontsource-variable/noto-sans-sc/index.css'
import './app/fonts.css'
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-button.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-pagination.css'
import 'element-plus/theme-chalk/el-select.css'
import 'element-plus/theme-chalk/el-option.css'
import 'element-plus/theme-chalk/el-popper.css'
import 'element-plus/theme-chalk/el-scrollbar.css'
import 'element-plus/theme-chalk/el-skeleton.css'
import 'element-plus/theme-chalk/el-skeleton-item.css'
import 'element-plus/theme-chalk/el-tour.css'
import './app/theme.css'
import './app/contrast.css'

import { createApp } from 'vue'
import type { Router } from 'vue-router'

import { doorKind, doorOfThisPage, openDoor } from './api'
import App from './app/App.vue'
import { createAppRouter } from './app/routes'
import { createWindowHistory, followAddress } from './app/windowHistory'
import { display } from './features/display/display'
import { i18n } from './i18n'

/** The screen that faces the applicant has an address of its own, and nothing of the clerk's. */
function isForApplicants(address: Location): boolean {
  return new URLSearchParams(address.search).has('applicant')
}

async function openApplicantScreen(): Promise<void> {
  const { default: ApplicantScreen } = await import('./features/evaluation/ApplicantScreen.vue')
  createApp(ApplicantScreen).use(i18n).mount('#app')
  // Opened once more after the program was started again, the page has a new token in its address
  // and the old one in its hands.
  window.addEventListener('hashchange', () => window.location.reload())
}

/** A browser goes back and forth by its addresses; the window has none to show. */
function routerOfDoor(): Router {
  if (doorKind() === 'browser') return createAppRouter()
  const router = createAppRouter(createWindowHistory())
  followAddress(router)
  return router
}

// The door first: it takes the token out of the address before the router reads it.
openDoor(doorOfThisPage())
// Whatever the clerk reads, the applicant is asked in the language of the hall.
const own = isForApplicants(window.location) ? 'zh-CN' : undefined
display.apply(own)
display.follow(own)
if (own) void openApplicantScreen()
else createApp(App).use(i18n).use(routerOfDoor()).mount('#app')
