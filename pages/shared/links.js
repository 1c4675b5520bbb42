// Links between the pages are followed within the session, as those at the top are: who reviews is not asked again.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="evidence?"]');
  const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || event.defaultPrevented) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
});
