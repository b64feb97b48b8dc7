// Charts: the image that stands first is replaced by the interactive chart when it comes into view.
// The specification is in the page; its colours are names of tokens, read from the style sheet, so that they follow
// light and dark. Without this script the image and the table remain.
const TOKEN = "token:";
const script = document.querySelector("script[data-bundle]");
const charts = [...document.querySelectorAll("[data-chart]")];
let bundle;

function load() {
  bundle ??= new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = script.dataset.bundle;
    element.type = "module";
    element.addEventListener("load", () => resolve(window.vegaEmbed));
    element.addEventListener("error", reject);
    document.head.append(element);
  });
  return bundle;
}

// The browser resolves var() and light-dark() for us on a probe that is never seen.
function colour(name) {
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  probe.style.setProperty("color", `var(--${name})`);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function coloured(value) {
  if (typeof value === "string" && value.startsWith(TOKEN)) return colour(value.slice(TOKEN.length));
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner)]));
  }
  return value;
}

function numbers() {
  const language = document.documentElement.lang.slice(0, 2);
  const signs = { fr: [",", "\u202f"], es: [",", "\u00a0"] }[language] ?? [".", ","];
  return { decimal: signs[0], thousands: signs[1], grouping: [3], currency: ["", ""] };
}

// No figure is hatched, as on the image: shapes in its colour get a pattern.
function hatch(svg) {
  const plain = colour("no-figure");
  const space = "http://www.w3.org/2000/svg";
  const pattern = document.createElementNS(space, "pattern");
  const id = `no-figure-${charts.indexOf(svg.closest("[data-chart]"))}`;
  for (const [name, value] of Object.entries({
    id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  })) pattern.setAttribute(name, value);
  const ground = document.createElementNS(space, "rect");
  for (const [name, value] of Object.entries({ width: 5, height: 5, fill: plain })) ground.setAttribute(name, value);
  const line = document.createElementNS(space, "path");
  for (const [name, value] of Object.entries({
    d: "M0 0V5", stroke: colour("line-strong"), "stroke-opacity": 0.45, "stroke-width": 1.4,
  })) line.setAttribute(name, value);
  pattern.append(ground, line);
  let found = false;
  for (const shape of svg.querySelectorAll("path[fill]")) {
    if (shape.getAttribute("fill") !== plain) continue;
    shape.setAttribute("fill", `url(#${id})`);
    found = true;
  }
  if (found) svg.prepend(pattern);
}

// On a phone the drawing is made narrow, so that its letters stay as large as the page's.
function sized(spec, width) {
  if (width >= 560) return spec;
  if (spec.projection) {
    const share = width / spec.width;
    const projection = { ...spec.projection, scale: spec.projection.scale * share, translate: [0, 1] };
    return { ...spec, width, height: Math.round(spec.height * share), projection };
  }
  const right = Math.min(spec.padding?.right ?? 0, 108);
  const padding = typeof spec.padding === "object" ? { ...spec.padding, right } : spec.padding;
  return { ...spec, padding, width: width - right - 52 };
}

async function draw(chart) {
  const embed = await load();
  const spec = sized(coloured(JSON.parse(chart.querySelector("script[type='application/json']").textContent)), chart.clientWidth);
  const picture = chart.querySelector(".chart-image");
  const stage = document.createElement("div");
  stage.className = "chart-stage";
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", picture.querySelector("img").alt);
  stage.hidden = true;
  chart.append(stage);
  await embed(stage, spec, {
    ast: true, renderer: "svg", actions: false, defaultStyle: false, formatLocale: numbers(),
    tooltip: { disableDefaultStyle: true, theme: "plain" },
  });
  const svg = stage.querySelector("svg");
  // The drawing scales with its place: its own size becomes a view box.
  if (svg) {
    const { width, height } = svg.viewBox.baseVal ?? {};
    if (!width) svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("aria-hidden", "true");
    hatch(svg);
  }
  for (const old of chart.querySelectorAll(".chart-stage")) if (old !== stage) old.remove();
  picture.hidden = true;
  stage.hidden = false;
  chart.dataset.drawn = "yes";
}

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    watcher.unobserve(entry.target);
    draw(entry.target).catch((error) => console.warn("The chart stays an image:", error));
  }
}, { rootMargin: "200px" });
for (const chart of charts) watcher.observe(chart);

function again() {
  for (const chart of charts) if (chart.dataset.drawn) draw(chart);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
document.addEventListener("theme:changed", again);
