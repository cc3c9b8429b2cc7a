/**
 * What separates the paragraphs of a text: blank lines where it has any (its single line feeds are then only the ends
 * of lines), otherwise every line feed. For `split` and `matchAll`. No pattern begins with a repetition: over a long
 * run of spaces that would take quadratic time.
 */
export function paragraphBreak(text: string): RegExp {
  return /\n[^\S\n]*\n/.test(text) ? /\n[^\S\n]*\n\s*/g : /\n\s*/g;
}
