import { ref } from 'vue'

/** Whether the tour of a first day is under way: it goes over the whole frame. */
export const tourOpen = ref(false)
