// Draws a chart with Plotly and, where it changes, draws on; tells the page what is picked, brushed or shown.
const SIZE = { width: 1200, height: 675, scale: 2 };
// On a narrow screen a map is as high as it needs to be, with room for its slider.
const [NARROW, ROOM, NAME, LINES] = [640, 150, 36, 3];
const HELP = "Arrow keys walk through the marks, Enter shows the claims behind one, Escape lets go.";
const isTouched = () => window.matchMedia("(pointer: coarse)").matches;

// All charts of a kind share one build of Plotly, which the server gives from its own disk; it says when it is there.
async function loadPlotly(address) {
  const builds = (window.whoPlotly ??= {});
  if (!builds[address]) {
    const known = document.querySelector(`script[src$="${address}"]`);
    const script = known ?? Object.assign(document.createElement("script"), { src: address });
    await new Promise((done, fail) => {
      script.addEventListener("load", done);
      script.addEventListener("error", () => { script.remove(); fail(new Error(`${address} cannot be read`)); });
      if (!known) document.head.append(script);
    });
  }
  return builds[address];
}

function listTools(chart, pick) {
  const lasso = pick === "marks" ? ["lasso2d", "select2d"] : [];
  if (chart.data.some((trace) => trace.type === "choropleth")) return ["zoomInGeo", "zoomOutGeo", ...lasso.slice(0, 1), "resetGeo"];
  return ["zoom2d", "pan2d", ...lasso, "resetScale2d"];
}

// Safari knows no idle time.
const whenIdle = (then) => (window.requestIdleCallback ? requestIdleCallback(then, { timeout: 300 }) : setTimeout(then, 60));

// A long name in the legend would run out of a narrow screen.
function breakName(trace) {
  if (!trace.name || trace.name.length <= NAME) return trace;
  return { ...trace, name: trace.name.replace(new RegExp(`(.{${NAME / 2},${NAME}}) `, "g"), "$1<br>") };
}

// Words keep their size where the ground is small: fewer names of towns have room.
function nameFewer(trace) {
  return trace.meta?.narrow ? { ...trace, ...trace.meta.narrow } : trace;
}

// On a telephone all the words of a mark would cover the chart, and run out of it: a touch shows them below it too.
function shorten(trace) {
  const cut = (words) => words?.split("<br>").slice(0, LINES).join("<br>");
  const words = trace.hovertext;
  return words ? { ...trace, hovertext: Array.isArray(words) ? words.map(cut) : cut(words) } : trace;
}

const fitNarrow = (trace) => {
  const fitted = breakName(nameFewer(trace));
  return isTouched() ? shorten(fitted) : fitted;
};

function dress(chart, data, width) {
  // A finger that drags over a chart scrolls the page.
  const drag = isTouched() ? false : data.pick ? "select" : "zoom";
  const isMap = chart.data.some((trace) => trace.type === "choropleth");
  const tall = isMap && width < NARROW ? { height: Math.round(width / 1.75) + ROOM } : {};
  const marks = data.pick === "marks" ? { clickmode: "event+select", hovermode: "closest" } : {};
  const layout = { ...chart.layout, ...tall, ...marks, dragmode: drag, autosize: true, uirevision: data.name };
  const config = {
    topojsonURL: data.shapes, // a map asks for it even where it draws its own shapes
    displaylogo: false,
    displayModeBar: data.pick !== "days",
    modeBarButtons: [listTools(chart, data.pick)],
    scrollZoom: false,
  };
  if (width >= NARROW) return { data: chart.data, layout, frames: chart.frames, config };
  const frames = chart.frames?.map((frame) => ({ ...frame, data: frame.data.map(nameFewer) }));
  return { data: chart.data.map(fitNarrow), layout, frames, config };
}

// The marks that can be picked, line by line, each with its words.
function listLines(board) {
  const lines = [];
  board._fullData.forEach((trace, curve) => {
    if (trace.visible !== true || !trace.customdata) return;
    const values = trace.y ?? trace.z ?? trace.lat;
    const said = (at) => [trace.hovertext ?? trace.text].flat()[Array.isArray(trace.hovertext ?? trace.text) ? at : 0] ?? "";
    const words = (at) => said(at).replace(/<br>/g, ", ").replace(/<[^>]*>/g, "");
    const marks = [...trace.customdata].map((known, point) => {
      return { curve, point, known: [...known], words: words(point), x: trace.x?.[point] };
    });
    const drawn = marks.filter((mark) => isThere(values, mark.point));
    if (drawn.length) lines.push(drawn);
  });
  return lines;
}
const isThere = (values, at) => values === undefined || (values[at] !== null && values[at] !== undefined);

function walk(Plotly, board, live, tell, event) {
  const lines = listLines(board);
  if (!lines.length) return;
  const at = (board.whoAt ??= { line: 0, mark: -1 });
  at.line = Math.min(at.line, lines.length - 1);
  const line = lines[at.line];
  const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const rise = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (side) at.mark = Math.max(0, Math.min(line.length - 1, at.mark + side));
  else if (rise) {
    const day = line[at.mark]?.x;
    at.line = (at.line + rise + lines.length) % lines.length;
    const same = lines[at.line].findIndex((mark) => mark.x === day);
    at.mark = same >= 0 ? same : Math.max(0, Math.min(lines[at.line].length - 1, at.mark));
  } else if (event.key === "Home") at.mark = 0;
  else if (event.key === "End") at.mark = line.length - 1;
  else if ((event.key === "Enter" || event.key === " ") && line[at.mark]) tell([line[at.mark].known]);
  else if (event.key === "Escape") tell([]);
  else return;
  event.preventDefault();
  const mark = lines[at.line][at.mark];
  if (!mark) return;
  live.textContent = mark.words;
  if (board._fullLayout._has("cartesian")) Plotly.Fx.hover(board, [{ curveNumber: mark.curve, pointNumber: mark.point }]);
}

function listen(Plotly, board, live) {
  const told = board.who;
  const tell = (picks) => told.state("picks", { name: told.data.name, picks });
  if (told.data.pick === "marks") {
    board.on("plotly_selected", (event) => {
      const picks = (event?.points ?? []).map((point) => point.customdata).filter(Boolean);
      if (picks.length) tell(picks);
    });
    board.on("plotly_deselect", () => tell([]));
    board.addEventListener("keydown", (event) => walk(Plotly, board, live, tell, event));
  }
  if (told.data.pick === "days") {
    board.on("plotly_selected", (event) => event?.range?.x && told.trigger("days", event.range.x));
  }
  // While it plays, the dates pass too quickly to be told.
  board.on("plotly_sliderchange", (event) => {
    clearTimeout(told.clock);
    told.clock = setTimeout(() => told.state("at", event.step.args[0][0]), 900);
  });
  const follow = new ResizeObserver(() => {
    if (board.clientWidth && Math.abs(board.clientWidth - board._fullLayout.width) > 1) Plotly.Plots.resize(board);
  });
  follow.observe(board);
  told.stop = () => { follow.disconnect(); Plotly.purge(board); };
}

async function draw(Plotly, board, live) {
  const { data } = board.who;
  if (board.who.drawn === data.chart) return;
  const first = board.who.drawn === undefined;
  board.who.drawn = data.chart;
  board.whoAt = undefined;
  board.classList.toggle("night", data.night);
  // The brush stands below the chart, and lets that be seen first.
  if (data.pick === "days") await new Promise((done) => whenIdle(done));
  await Plotly.react(board, dress(JSON.parse(data.chart), data, board.clientWidth));
  if (first) listen(Plotly, board, live);
}

function offerImages(Plotly, parent, board) {
  for (const button of parent.querySelectorAll("button[data-format]")) {
    button.setAttribute("aria-label", `Save the chart as ${button.dataset.format.toUpperCase()}`);
    button.onclick = () => {
      // The image has a layout of its own: it carries title, sources, conventions and citation in it.
      const image = board.layout.meta?.image ?? {};
      const figure = { data: board.data, layout: { ...board.layout, ...image }, config: { topojsonURL: board.who.data.shapes } };
      const height = image.height ?? SIZE.height;
      Plotly.downloadImage(figure, { ...SIZE, height, format: button.dataset.format, filename: board.who.data.filename });
    };
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const board = parentElement.querySelector(".who-board");
  const live = parentElement.querySelector(".who-live");
  board.who = Object.assign(board.who ?? {}, { data, state: setStateValue, trigger: setTriggerValue });
  board.style.setProperty("--who-height", data.height);
  if (board.clientWidth >= NARROW) board.style.minHeight = `${data.height}px`;
  board.setAttribute("aria-label", data.pick === "marks" ? `${data.alt} ${HELP}` : data.alt);
  board.setAttribute("role", data.pick === "marks" ? "application" : "figure");
  if (data.pick === "marks") board.tabIndex = 0;
  parentElement.querySelector(".who-images").hidden = !data.filename;
  loadPlotly(data.plotly).then((Plotly) => {
    offerImages(Plotly, parentElement, board);
    return draw(Plotly, board, live);
  });
  return () => board.who.stop?.();
}
