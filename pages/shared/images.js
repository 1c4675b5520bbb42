// Saves the chart beside the buttons as an image, in the browser: Plotly's own camera, in the format of the button.
export default function ({ parentElement, data }) {
  for (const button of parentElement.querySelectorAll("button[data-format]")) {
    button.setAttribute("aria-label", `Save the chart as ${button.dataset.format.toUpperCase()}`);
    button.onclick = () => {
      const chart = document.querySelector(`.${data.chart} .js-plotly-plot`);
      const camera = chart?.querySelector('.modebar-btn[data-title^="Download plot"]');
      if (!camera) return;
      const options = chart._context.toImageButtonOptions;
      const before = options.format;
      options.format = button.dataset.format;
      camera.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      options.format = before;
    };
  }
}
