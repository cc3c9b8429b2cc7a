/**
 * Compares by Unicode code points, which is also the order of the UTF-8 bytes (`LC_ALL=C sort`). JavaScript compares
 * UTF-16 code units, where U+1F4DE (D83D DCDE) comes before U+FF5E.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Code units in code point order: surrogates stand for what lies above U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Sorts strings in place, in code point order; as fast as a plain sort where no string holds an astral character. */
export function codePointOrder(strings: string[]): string[] {
  if (strings.some((s) => SURROGATE.test(s))) return strings.sort(compareCodePoints);
  return strings.sort();
}

/**
 * Compares with runs of ASCII digits by their value, so that `statement-2` comes before `statement-10`; otherwise, and
 * where the values agree, by code points. A total order on distinct strings.
 */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (isDigit(x) && isDigit(y)) {
      const m = digitsEnd(a, i);
      const n = digitsEnd(b, j);
      const u = skipZeros(a, i, m);
      const v = skipZeros(b, j, n);
      if (m - u !== n - v) return m - u - (n - v);
      for (let k = 0; k < m - u; k++) {
        const difference = a.charCodeAt(u + k) - b.charCodeAt(v + k);
        if (difference !== 0) return difference;
      }
      i = m;
      j = n;
    } else if (x !== y) {
      return rank(x) - rank(y);
    } else {
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j) || compareCodePoints(a, b);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function skipZeros(text: string, from: number, end: number): number {
  let start = from;
  while (start < end - 1 && text.charCodeAt(start) === 0x30) start++;
  return start;
}
