// Saves the chart beside the buttons as an image, in the browser: Plotly's own camera, in the format of the button.
// The image has a layout of its own (layout.meta.image): it carries title, sources, conventions and citation in it.
function takePicture(chart, camera, format) {
  const options = chart._context.toImageButtonOptions;
  const before = { format: options.format, layout: {} };
  const image = chart.layout.meta?.image ?? {};
  for (const name of Object.keys(image)) before.layout[name] = chart.layout[name];
  Object.assign(chart.layout, image);
  options.format = format;
  camera.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  // Plotly has copied the layout by now; the chart on the page keeps its own.
  options.format = before.format;
  for (const [name, value] of Object.entries(before.layout)) {
    if (value === undefined) delete chart.layout[name];
    else chart.layout[name] = value;
  }
}

export default function ({ parentElement, data }) {
  for (const button of parentElement.querySelectorAll("button[data-format]")) {
    button.setAttribute("aria-label", `Save the chart as ${button.dataset.format.toUpperCase()}`);
    button.onclick = () => {
      const chart = document.querySelector(`.${data.chart} .js-plotly-plot`);
      const camera = chart?.querySelector('.modebar-btn[data-title^="Download plot"]');
      if (camera) takePicture(chart, camera, button.dataset.format);
    };
  }
}
