import { fill, svg } from "../shared/dom.js";

const WIDTH = 300;
const HEIGHT = 60;

/**
 * A line of the latest values, drawn anew with each.
 *
 * @param {string} label what a screen reader says it shows
 * @param {number} most how many values there is room for
 */
export function sparkline(label, most, tall = false) {
  /** @type {number[]} */
  let values = [];
  const drawing = svg("svg", { class: tall ? "spark tall" : "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none",
    role: "img", "aria-label": label });

  return {
    drawing,
    peak: () => Math.max(0, ...values),
    /** @param {number} value */
    add(value) {
      values = [...values, value].slice(-most);
      draw();
    },
  };

  function draw() {
    const top = Math.max(1, ...values);
    const points = values.map((value, index) => {
      const x = WIDTH - (values.length - 1 - index) * (WIDTH / (most - 1));
      return `${x.toFixed(1)} ${(HEIGHT - (value / top) * (HEIGHT - 4)).toFixed(1)}`;
    });
    const first = points[0].split(" ")[0];
    fill(drawing,
      svg("line", { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }),
      svg("path", { class: "under", d: `M${first} ${HEIGHT} L${points.join(" L")} L${WIDTH} ${HEIGHT} Z` }),
      svg("path", { d: `M${points.join(" L")}` }));
    drawing.setAttribute("aria-label", `${label}: ${Math.round(values[values.length - 1])} now, at most ${Math.round(top)} in the last minute`);
  }
}
