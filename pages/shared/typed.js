// What is typed into a box of the form that takes new names is kept when the box is left: Streamlit keeps it at Enter
// alone, and takes it back without a word at a Tab, a click elsewhere or a scroll.
let typed = null;

const isBox = (one) => one.matches?.('.stForm .stSelectbox input[role="combobox"]');

const keep = () => {
  const box = typed;
  typed = null;
  if (box?.ariaExpanded !== "true") return;
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
};

// On the window, while an event comes down: before the box hears of it.
const hear = (kind, does) => window.addEventListener(kind, does, true);

hear("input", ({ target }) => (typed = isBox(target) ? target : null));
hear("keydown", ({ key }) => {
  if (key === "Tab") keep();
  if (key === "Enter" || key === "Escape") typed = null;
});
for (const kind of ["pointerdown", "wheel", "touchmove"]) {
  hear(kind, ({ target }) => {
    // A press in the box moves the cursor; a scroll closes the list, over the box too.
    const stays = kind === "pointerdown" && target === typed;
    if (!stays && !target.closest?.('[role="listbox"]')) keep();
  });
}
