// Watches a page from inside: when its main chart is drawn, what travels, how large the charts are.
(() => {
  const frames = [];
  const size = (data) => data.byteLength ?? data.size ?? data.length;
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => frames.push(["in", performance.now(), size(event.data)]));
    }
    send(data) {
      frames.push(["out", performance.now(), size(data)]);
      super.send(data);
    }
  };
  const charts = () => [...document.querySelectorAll(".js-plotly-plot")];
  // What is drawn, and not what is about to be: the paths of the main chart.
  const drawn = () =>
    [...(charts()[0]?.querySelectorAll(".scatterlayer path") ?? [])]
      .map((path) => path.getAttribute("d"))
      .filter((line) => line)
      .map((line) => line.length + line.slice(0, 60))
      .join();
  const until = (test, patience) =>
    new Promise((done, fail) => {
      const start = performance.now();
      const look = () => {
        if (test()) requestAnimationFrame(() => setTimeout(done, 0));
        else if (performance.now() - start > patience) fail(new Error("nothing was drawn"));
        else setTimeout(look, 4);
      };
      look();
    });
  window.bench = {
    loaded: (patience) => until(() => drawn() !== "", patience).then(() => performance.now()),
    click: async (selector, index, patience) => {
      await until(() => document.querySelectorAll(selector)[index], patience); // the chart may be drawn before it
      const before = drawn();
      const start = performance.now();
      document.querySelectorAll(selector)[index].click();
      await until(() => drawn() !== before && drawn() !== "", patience);
      return { start, took: performance.now() - start };
    },
    // From the click's message to the last of its answers; of a page without a socket, the longest request.
    served: (start) => {
      const since = frames.filter((frame) => frame[1] >= start);
      const sent = since.find((frame) => frame[0] === "out");
      const got = since.filter((frame) => frame[0] === "in");
      const asked = performance.getEntriesByType("resource").filter((one) => one.startTime >= start);
      if (!frames.length) return Math.max(0, ...asked.map((one) => one.responseEnd - one.requestStart));
      return sent && got.length ? got[got.length - 1][1] - sent[1] : 0;
    },
    sizes: () => ({
      bytes: charts().reduce((sum, chart) => sum + JSON.stringify(chart.data).length, 0),
      points: Math.max(0, ...charts().flatMap((chart) => chart.data.map((trace) => trace.x?.length ?? 0))),
      received: frames.filter((frame) => frame[0] === "in").reduce((sum, frame) => sum + frame[2], 0),
    }),
    later: (moment, selector, index, patience) => {
      window.bench.result = new Promise((done) => setTimeout(done, moment - Date.now())).then(() =>
        window.bench.click(selector, index, patience),
      );
    },
  };
})();
