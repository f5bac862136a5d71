/** Tells the server which durable step a request belongs to. */
export const STEP_HEADER = 'x-jarvis-step';
