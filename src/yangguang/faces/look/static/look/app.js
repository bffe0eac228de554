// What the pages need of a script: safe htmx, the search key, dialogs, sliders, menus, charts.
// Everything works by delegation, so that what htmx swaps in needs no set-up of its own.

const texts = document.querySelector("#look-texts")?.dataset ?? {};

/* ---- requests ---- */

let underWay = 0;

function count(step) {
  underWay = Math.max(0, underWay + step);
  document.documentElement.classList.toggle("is-loading", underWay > 0);
  document.querySelector("main")?.setAttribute("aria-busy", String(underWay > 0));
}

function tell(text) {
  const place = document.querySelector("#messages");
  if (!place) return;
  const notice = document.createElement("div");
  notice.className = "alert alert-stop";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  place.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

function explain(status) {
  if (status === 401 || status === 403) return texts.refused;
  if (status === 404) return texts.missing;
  if (status === 409) return texts.changed;
  return texts.failed;
}

// Typing on aborts what is under way. htmx tells that as an error, in the console too, unless the
// detail of its events has an `error` of its own.
function abortQuietly(detail) {
  const whenAborted = detail.xhr.onabort;
  detail.xhr.onabort = (event) => {
    detail.error = "";
    whenAborted?.call(detail.xhr, event);
  };
}

document.addEventListener("htmx:beforeRequest", (event) => {
  abortQuietly(event.detail);
  count(1);
});
document.addEventListener("htmx:afterRequest", () => count(-1));
document.addEventListener("htmx:sendError", () => tell(texts.offline));
document.addEventListener("htmx:timeout", () => tell(texts.offline));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 422) tell(explain(event.detail.xhr.status));
});

/* ---- keys ---- */

function isTyping(element) {
  return element.closest("input, select, textarea, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const box = document.querySelector("[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/* ---- menus and dialogs ---- */

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens)?.showModal();
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  if (event.target.closest("[data-prints]")) window.print();
});

// What was shown once is gone with its dialog ("close" does not bubble).
document.addEventListener("close", (event) => event.target.querySelector?.("[data-once]")?.replaceChildren(), true);

/* ---- a slider drives the field that counts; htmx asks the server when the hand rests ---- */

const figures = new Intl.NumberFormat("zh-CN");

function sliderOf(field) {
  return document.querySelector(`[data-drives="${field.id}"] input`);
}

function follow(slider, value) {
  slider.value = value;
  slider.setAttribute("aria-valuetext", figures.format(slider.valueAsNumber));
}

document.addEventListener("input", (event) => {
  const driven = event.target.closest("[data-drives]")?.dataset.drives;
  if (driven) {
    const field = document.getElementById(driven);
    field.value = event.target.value;
    event.target.setAttribute("aria-valuetext", figures.format(event.target.valueAsNumber));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (event.isTrusted && event.target.id && sliderOf(event.target)) {
    follow(sliderOf(event.target), Number(event.target.value.replaceAll(",", "")) || 0);
  }
});

function openSliders(root) {
  for (const range of root.querySelectorAll?.("[data-range-of]") ?? []) {
    const field = document.getElementById(range.dataset.rangeOf);
    const slider = sliderOf(field);
    slider.max = range.dataset.max;
    slider.step = range.dataset.step;
    slider.parentElement.hidden = false;
    if (document.activeElement !== slider) follow(slider, Number(field.value.replaceAll(",", "")) || 0);
  }
}

/* ---- errors: the summary of a form that came back takes the focus ---- */

function focusErrors(root) {
  root.querySelector?.("[data-error-summary]")?.focus();
}

/* ---- charts ---- */

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const tones = {
  need: "--yg-need-4",
  ink: "--yg-ink",
  blue: "--yg-blue",
  sun: "--yg-sun",
  ok: "--yg-ok",
  soft: "--yg-edge",
};

function series(one, cut) {
  const color = token(tones[one.tone] ?? tones.blue);
  const drawn = {
    name: one.name,
    type: one.type === "bar" ? "bar" : "line",
    step: one.type === "step" ? "end" : undefined,
    yAxisIndex: one.second ? 1 : 0,
    data: one.data,
    showSymbol: one.data.length === 1,
    barMaxWidth: 14,
    itemStyle: { color, opacity: one.type === "bar" ? 0.45 : 1 },
    lineStyle: { color, width: 2 },
    areaStyle: one.area ? { color, opacity: 0.12 } : undefined,
  };
  if (!cut) return drawn;
  const line = { yAxis: cut.value, label: { formatter: cut.label, position: "insideStartBottom", color: token("--yg-sun-ink"), fontFamily: token("--yg-font"),
    backgroundColor: "#fff", padding: [1, 4], borderRadius: 2 } };
  return {
    ...drawn,
    markLine: { silent: true, symbol: "none", lineStyle: { color: token("--yg-sun") }, data: [line] },
  };
}

function option(spec, summary) {
  const ink = token("--yg-ink-2");
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const text = { color: ink, fontFamily: token("--yg-font"), fontSize: Math.round(size * 0.8) };
  const axis = { type: "value", axisLabel: text, splitLine: { lineStyle: { color: token("--yg-line") } } };
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    aria: { enabled: true, label: { description: summary } },
    grid: { left: 8, right: 12, top: size * (spec.unit || spec.second_unit ? 3.4 : 2.5), bottom: 8, outerBoundsMode: "same" },
    legend: { top: 4, itemGap: 20, icon: "roundRect", itemWidth: 14, itemHeight: 8, textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: { ...text, color: token("--yg-ink") }, valueFormatter: (v) => figures.format(v) },
    xAxis: { type: "category", data: spec.x, axisLabel: text, axisTick: { show: false } },
    yAxis: [
      { ...axis, max: spec.max, name: spec.unit, nameTextStyle: text },
      { ...axis, max: (range) => range.max * 3, axisLabel: { ...text, showMaxLabel: false }, show: spec.series.some((one) => one.second), name: spec.second_unit,
        nameTextStyle: text, splitLine: { show: false } },
    ],
    series: spec.series.map((one, place) => series(one, place === 0 ? spec.cut : null)),
  };
}

async function draw(place) {
  place.dataset.drawn = "yes";
  const spec = JSON.parse(place.dataset.chart);
  const { init } = await import(place.dataset.engine);
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption(option(spec, place.getAttribute("aria-label")));
  new ResizeObserver(() => (place.isConnected ? chart.resize() : chart.dispose())).observe(place);
}

function drawCharts(root) {
  for (const place of root.querySelectorAll("[data-chart]:not([data-drawn])")) draw(place);
}

/* ---- on arrival, and after each swap ---- */

for (const tree of document.querySelectorAll(".areas[open]")) {
  if (tree.querySelector("summary")?.offsetHeight) tree.open = false;
}
drawCharts(document);
openSliders(document);
focusErrors(document);
document.querySelector(".nav-strip [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
document.addEventListener("htmx:load", (event) => {
  drawCharts(event.detail.elt);
  openSliders(event.detail.elt);
  focusErrors(event.detail.elt);
});
