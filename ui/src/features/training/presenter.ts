import { ref } from 'vue'

/** Whether somebody shows the screen on a wall: larger, and with the keys that are pressed. */
export const presenting = ref(false)
