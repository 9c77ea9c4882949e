import { ref } from 'vue'

/** Whether the handbook is open: one for the whole page, for F1 works before the sign-in as well. */
export const handbookOpen = ref(false)
