/** An article that holds this ends the process that reads it in `fragile-convert.ts`. */
export const FATAL = "Abracadabra";
