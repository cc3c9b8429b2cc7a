/** What must not reach a terminal. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text that a terminal shows as it is: control characters, among them those that begin escape sequences, and marks
 * that reverse the direction of what follows become U+FFFD. Line feeds and tabs stay.
 */
export function plain(text: string): string {
  return text.toWellFormed().replaceAll("\r\n", "\n").replace(CONTROL, "\ufffd");
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const NO_WIDTH = /^(?:\p{Mn}|\p{Me}|\p{Cf})$/u;

/** About how many columns a text takes: East Asian wide characters and emoji two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x300) width++;
    else if (code >= 0x1f300 && code < 0x1faff) width += 2;
    else if (WIDE.test(character)) width += 2;
    else if (!NO_WIDTH.test(character)) width++;
  }
  return width;
}

/** Breaks a text at white space into lines of at most `columns`; a longer word is cut. At least one line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const word of text.split(/\s+/)) {
    if (word === "") continue;
    for (const piece of pieces(word, columns)) {
      const own = displayWidth(piece);
      if (line !== "" && width + 1 + own > columns) {
        lines.push(line);
        line = piece;
        width = own;
      } else {
        width += own + (line === "" ? 0 : 1);
        line += (line === "" ? "" : " ") + piece;
      }
    }
  }
  lines.push(line);
  return lines;
}

function pieces(word: string, columns: number): string[] {
  if (word.length <= columns && displayWidth(word) <= columns) return [word];
  const parts: string[] = [];
  let part = "";
  let width = 0;
  for (const character of word) {
    const own = displayWidth(character);
    if (width + own > columns && part !== "") {
      parts.push(part);
      part = "";
      width = 0;
    }
    part += character;
    width += own;
  }
  return [...parts, part];
}
