// Whether a reader is about to press a button: a pointer that moves onto it, or the focus
// of the keyboard, rests there.  What the page scrolls under a pointer says nothing, nor
// does a finger, which may begin to scroll there, before its tap.

const REST = 150; // ms

// Call `act` once, when a reader is about to press it; not for one who saves data.
export function onIntent(button, act) {
  if (navigator.connection?.saveData) return;
  let rest;
  const kinds = { pointermove: move, focus: wait, pointerleave: leave, blur: leave };

  function move({ pointerType, movementX, movementY }) {
    if (pointerType !== "touch" && (movementX || movementY)) wait();
  }

  function wait() {
    rest ??= setTimeout(go, REST);
  }

  function leave() {
    clearTimeout(rest);
    rest = undefined;
  }

  function go() {
    for (const kind in kinds) button.removeEventListener(kind, kinds[kind]);
    act();
  }

  for (const kind in kinds) button.addEventListener(kind, kinds[kind], { passive: true });
}
