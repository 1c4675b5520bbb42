// Tells the page at which date the slider of a map stands, so that the address and what a click shows follow it.
export default function ({ data, setStateValue }) {
  let tries = 0;
  const listen = () => {
    const chart = document.querySelector(`.${data.chart} .js-plotly-plot`);
    if (!chart?.on) {
      if (tries++ < 100) setTimeout(listen, 100);
      return;
    }
    if (chart.dataset.clock) return;
    chart.dataset.clock = "on";
    chart.on("plotly_sliderchange", (event) => {
      clearTimeout(chart.clock);
      chart.clock = setTimeout(() => setStateValue("at", event.step.args[0][0]), 900);
    });
  };
  listen();
}
