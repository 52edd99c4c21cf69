import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './build/precompress.ts'

const server = 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  build: {
    target: 'es2023',
    // The page's CSP allows no data: URL, so no asset may be inlined as one.
    assetsInlineLimit: 0,
    // Vite's polyfill would be an inline script; every browser that runs es2023 preloads modules by itself.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': server, '/docs': server } },
})
