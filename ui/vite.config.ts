import { fileURLToPath, URL } from 'node:url'

import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const source = fileURLToPath(new URL('./src', import.meta.url))

export default defineConfig({
  // Relative, because the window serves the files under its own scheme.
  base: './',
  plugins: [
    vue(),
    // The catalogue is compiled here, so the window's CSP needs no `unsafe-eval`.
    vueI18n({ include: [`${source}/i18n/{zh-CN,en,mn-Mong}/*.json`], strictMessage: false }),
  ],
  resolve: { alias: { '@': source } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['safari16', 'chrome108'],
    // Fonts stay files of their own: the browser loads only the slices a screen needs.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      output: {
        // A `.mjs` worker would need a MIME type that not every file server knows.
        assetFileNames: (asset) =>
          asset.names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  // The handbook lies beside this folder.
  server: { host: '127.0.0.1', port: 5173, strictPort: true, fs: { allow: ['..'] } },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/setup.ts'],
    testTimeout: 30_000,
    server: { deps: { inline: ['element-plus'] } },
  },
})
