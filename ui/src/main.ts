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
import './app/theme.css'

import { createApp } from 'vue'

import { doorOfThisPage, openDoor } from './api'
import App from './app/App.vue'
import { createAppRouter } from './app/routes'
import { i18n } from './i18n'

// The door first: it takes the token out of the address before the router reads it.
openDoor(doorOfThisPage())
createApp(App).use(i18n).use(createAppRouter()).mount('#app')
