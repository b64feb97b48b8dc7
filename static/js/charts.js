// Charts: the image that stands first is replaced by the interactive chart when it comes into view.
// The specification is in the page; its colours are names of tokens, read from the style sheet, so that they follow
// light and dark. Without this script the image and the table remain.
const TOKEN = "token:";
const SPACE = "http://www.w3.org/2000/svg";
const script = document.querySelector("script[data-bundle]");
const charts = [...document.querySelectorAll("[data-chart]")];
const phone = matchMedia("(max-width: 34rem)");
const drawn = new WeakMap(); // chart -> { spec, view }: what stands in it now
const turns = new WeakMap(); // chart -> the end of its last drawing
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

function shape(name, attributes) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// No figure is hatched and not asked is dotted, as on the image: a style for every shape in these colours.
function patterned(svg, chart) {
  const line = colour("line-strong");
  const marks = {
    "no-figure": ["path", { d: "M0 0V5", stroke: line, "stroke-opacity": 0.45, "stroke-width": 1.4 }],
    "not-asked": ["circle", { cx: 2.5, cy: 2.5, r: 0.9, fill: line, "fill-opacity": 0.75 }],
  };
  for (const [token, mark] of Object.entries(marks)) {
    const plain = colour(token);
    const id = `${token}-${charts.indexOf(chart)}`;
    const filled = [...svg.querySelectorAll("path[fill]")].filter((path) => path.getAttribute("fill") === plain);
    if (!filled.length) continue;
    if (!svg.querySelector(`#${id}`)) {
      const pattern = shape("pattern", {
        id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
      });
      pattern.append(shape("rect", { width: 5, height: 5, fill: plain }), shape(...mark));
      svg.prepend(pattern);
    }
    for (const path of filled) path.setAttribute("fill", `url(#${id})`);
  }
}

// On a phone the drawing is made narrow, so that its letters stay as large as the page's; the server's image is made
// by the same rule (specs.plain).
function sized(spec, width) {
  if (!phone.matches) return spec;
  if (spec.projection) {
    const share = width / spec.width;
    const projection = { ...spec.projection, scale: spec.projection.scale * share };
    const layer = spec.layer.map((one) =>
      one.mark.size ? { ...one, mark: { ...one.mark, size: Math.max(10, Math.round(one.mark.size * share)) } } : one);
    return { ...spec, layer, width, height: Math.round(spec.height * share), projection };
  }
  const layer = spec.layer?.filter((one) => one.name !== "names");
  const padding = { ...spec.padding };
  if (layer && layer.length < spec.layer.length) padding.right = 12;
  padding.left = Math.min(padding.left, 130);
  const config = { ...spec.config, axisY: { labelLimit: padding.left - 12 } };
  return { ...spec, ...(layer && { layer }), padding, config, width: width - padding.left - padding.right };
}

// One drawing of a chart at a time: of two at once each would take the other's away.
function draw(chart, spec) {
  const turn = (turns.get(chart) ?? Promise.resolve()).then(() => drawNow(chart, spec));
  turns.set(chart, turn.catch(() => {}));
  return turn;
}

async function drawNow(chart, spec) {
  const embed = await load();
  const picture = chart.querySelector(".chart-image");
  const stage = document.createElement("div");
  stage.className = "chart-stage";
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", picture.querySelector("img").alt);
  stage.hidden = true;
  chart.append(stage);
  const { view } = await embed(stage, sized(coloured(spec), chart.clientWidth), {
    ast: true, renderer: "svg", actions: false, defaultStyle: false, formatLocale: numbers(),
    tooltip: { disableDefaultStyle: true, theme: "plain" },
  }).catch((error) => {
    stage.remove();
    throw error;
  });
  const svg = stage.querySelector("svg");
  // The drawing scales with its place: its own size becomes a view box.
  if (svg) {
    const { width } = svg.viewBox.baseVal ?? {};
    if (!width) svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("aria-hidden", "true");
    patterned(svg, chart);
  }
  for (const old of chart.querySelectorAll(".chart-stage")) if (old !== stage) old.remove();
  drawn.get(chart)?.view.finalize();
  drawn.set(chart, { spec, view });
  picture.hidden = true;
  stage.hidden = false;
  chart.dataset.drawn = "yes";
}

function specification(chart) {
  return JSON.parse(chart.querySelector("script[type='application/json']").textContent);
}

const kept = (error) => console.warn("The chart stays an image:", error);
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    // One report may name a chart several times.
    if (!entry.isIntersecting || turns.has(entry.target)) continue;
    watcher.unobserve(entry.target);
    draw(entry.target, specification(entry.target)).catch(kept);
  }
}, { rootMargin: "200px" });
for (const chart of charts) watcher.observe(chart);

function again() {
  for (const chart of charts) if (drawn.has(chart)) draw(chart, drawn.get(chart).spec).catch(kept);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
phone.addEventListener("change", again);
document.addEventListener("theme:changed", again);

// The year of a map. The first touch fetches the maps of all years, whose classes are the same in each; a year shows
// its own figures alone. Until then the map shows each country's newest figure.
class Years {
  constructor(place) {
    this.frame = place.closest(".chart-frame");
    this.chart = this.frame.querySelector("[data-chart]");
    this.address = place.dataset.chartYears;
    this.periods = place.dataset.periods.split(" ");
    this.slider = place.querySelector("input");
    this.output = place.querySelector("output");
    this.subtitle = this.frame.querySelector(".chart-subtitle");
    this.classes = this.frame.querySelector(".legend");
    this.newest = {
      words: this.output.value, subtitle: this.subtitle.textContent, legend: [...this.classes.children],
    };
    this.turn = Promise.resolve();
    this.slider.addEventListener("input", () => this.moved());
    place.hidden = false;
  }

  moved() {
    this.turn = this.turn.then(() => this.show(Number(this.slider.value))).catch(kept);
  }

  async show(number) {
    const period = this.periods[number];
    if (period === undefined) {
      await draw(this.chart, specification(this.chart));
      this.said(this.newest.words, this.newest.subtitle, this.newest.legend, "");
      return;
    }
    const maps = await (this.maps ??= this.fetched());
    if (number !== Number(this.slider.value)) return; // moved on meanwhile
    const rows = Object.entries(maps.periods[period] ?? {}).map(([id, [group, text]]) => ({
      id, name: maps.names[id], class: maps.labels[group], text,
    }));
    await draw(this.chart, { ...maps.spec, datasets: { figures: rows } });
    this.said(period, `${maps.unit} · ${period}`, maps.legend.map(entry), period);
  }

  // What stands around the map: the year, the subtitle, the legend, and the files to take away.
  said(words, subtitle, legend, period) {
    this.output.value = words;
    this.slider.setAttribute("aria-valuetext", words);
    this.subtitle.textContent = subtitle;
    this.classes.replaceChildren(...legend);
    for (const link of this.frame.querySelectorAll(".chart-tools a")) {
      const address = new URL(link.href);
      link.dataset.version ??= address.searchParams.get("v");
      if (period) {
        address.searchParams.set("period", period);
        address.searchParams.delete("v");
      } else {
        address.searchParams.delete("period");
        address.searchParams.set("v", link.dataset.version);
      }
      link.href = address.href;
    }
  }

  async fetched() {
    const answer = await fetch(this.address);
    if (!answer.ok) throw new Error(`${this.address}: ${answer.status}`);
    return answer.json();
  }
}

function entry([label, token]) {
  const item = document.createElement("li");
  item.className = `legend-${token}`;
  item.textContent = label;
  return item;
}

for (const place of document.querySelectorAll("[data-chart-years]")) new Years(place);
