import { createRouter, createWebHashHistory, type Router, type RouterHistory } from 'vue-router'

/** The screens behind the sign-in. The first ones are in the first file, the rest come when needed. */
export function createAppRouter(history: RouterHistory = createWebHashHistory()): Router {
  return createRouter({
    history,
    routes: [
      {
        path: '/',
        name: 'today',
        component: () => import('@/features/workbench/WorkbenchPage.vue'),
      },
      {
        path: '/new',
        name: 'new-case',
        component: () => import('@/features/matter/NewCasePage.vue'),
      },
      {
        path: '/matter/:code',
        name: 'matter',
        component: () => import('@/features/matter/MatterPage.vue'),
        props: true,
      },
      {
        path: '/bundle/:id',
        name: 'bundle',
        component: () => import('@/features/bundle/BundlePage.vue'),
        props: true,
      },
      {
        path: '/draft/:id',
        name: 'draft',
        component: () => import('@/features/intake/WalkPage.vue'),
        props: true,
      },
      {
        path: '/cases',
        name: 'cases',
        component: () => import('@/features/case/CaseListPage.vue'),
      },
      {
        path: '/case/:id',
        name: 'case',
        component: () => import('@/features/case/CasePage.vue'),
        props: true,
      },
      {
        path: '/case/:id/papers',
        name: 'papers',
        component: () => import('@/features/paper/PapersPage.vue'),
        props: true,
      },
      {
        path: '/ledger/:kind(consultation|obstruction|complaint|assistance)?',
        name: 'ledger',
        component: () => import('@/features/ledger/LedgerPage.vue'),
        props: true,
      },
      {
        path: '/upstream',
        name: 'upstream',
        component: () => import('@/features/upstream/UpstreamPage.vue'),
      },
      {
        path: '/guide',
        name: 'guide',
        component: () => import('@/features/guide/GuidePage.vue'),
      },
      {
        path: '/guide/release',
        name: 'guide-release',
        component: () => import('@/features/guide/GuideReleasePage.vue'),
      },
      {
        path: '/print/:view(jobs|day-end|rules|devices)?',
        name: 'print',
        component: () => import('@/features/print/PrintPage.vue'),
        props: true,
      },
      {
        path: '/templates',
        name: 'templates',
        component: () => import('@/features/templates/TemplatesPage.vue'),
      },
      {
        path: '/figures',
        name: 'figures',
        component: () => import('@/features/figures/FiguresPage.vue'),
      },
      {
        path: '/training/:view(cards|board|result|editor)?/:id?',
        name: 'training',
        component: () => import('@/features/training/TrainingPage.vue'),
        props: true,
      },
      {
        path: '/verify',
        name: 'verify',
        component: () => import('@/features/verify/VerifyPage.vue'),
      },
      {
        path: '/clerks',
        name: 'clerks',
        component: () => import('@/features/clerk/ClerksPage.vue'),
      },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
}
