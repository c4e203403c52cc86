// Edits that outlive the page: in the browser's storage, by block and version of the
// block, and in an address that is passed on.

// A few letters that stand for a text.
export function digest(text) {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193);
  return (sum >>> 0).toString(36);
}

const name = (code) => `bp-cell ${location.pathname} ${digest(code)}`;

// The edit of a block, or null.
export function keptEdit(code) {
  try {
    return localStorage.getItem(name(code));
  } catch {
    return null; // forbidden
  }
}

// Keep an edit, or forget one that is none; false where the browser does not let us.
export function keepEdit(code, text) {
  try {
    if (text === code) localStorage.removeItem(name(code));
    else localStorage.setItem(name(code), text);
    return true;
  } catch {
    return text === code;
  }
}

const MARK = "#run=";

// The fragment of an address that shows a text in the place of a block.
export function addressOf(code, index, text) {
  const bytes = new TextEncoder().encode(text);
  const letters = btoa(String.fromCodePoint(...bytes));
  const safe = letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${MARK}${digest(code)}.${index}.${safe}`;
}

// The text that the address has for a block of these, or null.
export function sharedWith(blocks, index) {
  if (!location.hash.startsWith(MARK)) return null;
  const [version, place, letters] = location.hash.slice(MARK.length).split(".");
  const known = blocks.findIndex((code) => digest(code) === version);
  if (index !== (known < 0 ? Number(place) : known)) return null;
  try {
    const code = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(code, (letter) => letter.codePointAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null; // cut off on its way
  }
}
