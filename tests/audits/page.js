// What a reader would find wrong with the page that is open, as a list of sentences.
() => {
  const found = [];
  const name = (node) => {
    const text = (node.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const kind = node.className?.baseVal ?? node.className;
    return `<${node.localName}${kind ? ` class="${kind}"` : ""}> ${text}`;
  };
  const visible = (node) =>
    node.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  // ---- colours, in sRGB with alpha
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = css;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, alpha / 255];
  };
  const over = (front, back, opacity = 1) => {
    const alpha = front[3] * opacity;
    return [0, 1, 2].map((i) => front[i] * alpha + back[i] * (1 - alpha)).concat(1);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((v) => {
      v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const paper = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const fill = colour(getComputedStyle(at).backgroundColor);
      if (fill[3] > 0.99) return fill;
    }
    return colour("white");
  };

  // ---- inside figures: text at 4.5, lines at 3; the grid is there not to be seen
  const grid = getComputedStyle(document.body).getPropertyValue("--bp-grid").trim();
  const unseen = grid ? colour(grid).join() : "";
  for (const svg of document.querySelectorAll("article svg[role], article .bp-live svg")) {
    if (!visible(svg)) continue;
    const back = paper(svg);
    const shapes = [...svg.querySelectorAll("path, rect, circle, ellipse, polygon")];
    const behind = (node) => {
      const box = node.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const below = shapes.findLast((shape) => {
        const { fill } = getComputedStyle(shape);
        if (fill === "none" || colour(fill)[3] < 0.5 || !visible(shape)) return false;
        if (!(shape.compareDocumentPosition(node) & 4)) return false; // drawn over it
        const ground = shape.getBoundingClientRect();
        const inside = x > ground.left && x < ground.right;
        return inside && y > ground.top && y < ground.bottom && !shape.closest("defs");
      });
      return below ? over(colour(getComputedStyle(below).fill), back) : back;
    };
    for (const text of svg.querySelectorAll("text")) {
      if (!visible(text) || !text.textContent.trim()) continue;
      const style = getComputedStyle(text);
      const ground = behind(text);
      const ratio = contrast(over(colour(style.fill), ground, style.opacity), ground);
      if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)} of ${name(text)}`);
    }
    for (const line of svg.querySelectorAll("path, line, polyline, circle, rect")) {
      const style = getComputedStyle(line);
      if (!visible(line) || line.closest("defs, clipPath")) continue;
      const inks = [style.stroke, style.fill].filter((ink) => ink !== "none");
      if (!inks.length || line.closest("[data-decoration]")) continue;
      if (inks.some((ink) => colour(ink).join() === unseen)) continue;
      const opacity = style.opacity * 1;
      const best = Math.max(
        ...inks.map((ink) => contrast(over(colour(ink), back, opacity), back)),
      );
      const blank = inks.every((ink) => colour(ink)[3] === 0);
      const paperOnly = best < 1.01;
      if (!blank && !paperOnly && best < 3)
        found.push(`contrast ${best.toFixed(2)} of a line: ${name(line)}`);
    }
  }

  // ---- nothing is wider than the page, but what scrolls by itself
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
  for (const node of document.querySelectorAll("article :is(p, li, h1, h2, h3, figure)")) {
    if (!visible(node) || node.closest("pre, table, .bp-display")) continue;
    const { right } = node.getBoundingClientRect();
    if (right > root.clientWidth + 1) found.push(`cut off at the right: ${name(node)}`);
  }

  // ---- what scrolls hides so much that it shows; a formula is there at once
  for (const node of document.querySelectorAll(
    "article :is(pre > code, .md-typeset__scrollwrap, .bp-display, math)",
  )) {
    const hidden = node.scrollWidth - node.clientWidth;
    if (!node.clientWidth || hidden <= 1 || !visible(node)) continue;
    if (![375, 1280].includes(innerWidth) || node.closest(".mkdocstrings-source")) continue;
    if (hidden < 24 || node.matches(".bp-display, math"))
      found.push(`${hidden} px are cut off: ${name(node)}`);
  }

  // ---- headings
  const headings = [...document.querySelectorAll(
    "article:not(.md-search-result__article) :is(h1, h2, h3, h4, h5, h6)",
  )];
  const levels = headings.map((node) => Number(node.localName[1]));
  const first = levels.filter((level) => level === 1).length;
  if (first !== 1) found.push(`${first} headings of the first level`);
  levels.forEach((level, i) => {
    if (i && level > levels[i - 1] + 1)
      found.push(`a level is left out before ${name(headings[i])}`);
  });
  return found;
}
