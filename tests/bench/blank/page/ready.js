window.addEventListener('load', () => window.__TAURI_INTERNALS__.invoke('ready'))
