/* global document, MutationObserver, URL, Yasgui */
// Starts the editor on our own endpoint. Nothing is kept: what a visitor asks is nobody's business.
const place = document.getElementById("editor");
const endpoint = new URL(place.dataset.endpoint, document.baseURI).href;
const examples = document.querySelectorAll("[data-query]");

Yasgui.Yasqe.defaults.persistenceId = null;
Yasgui.Yasr.defaults.persistenceId = null;
const editor = new Yasgui(place, {
  persistenceId: null,
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [] },
  requestConfig: { endpoint, method: "POST" },
  yasqe: { value: examples[0]?.dataset.query ?? "SELECT * WHERE { ?s ?p ?o } LIMIT 10" },
});

for (const example of examples) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    const tab = editor.getTab();
    tab.setQuery(example.dataset.query);
    place.scrollIntoView();
    tab.query().catch(() => undefined);
  });
}

// What the editor leaves unnamed, now and after every answer.
function nameParts() {
  for (const area of place.querySelectorAll(".CodeMirror textarea")) area.setAttribute("aria-label", "Query");
  for (const area of place.querySelectorAll(".CodeMirror-scroll[tabindex='-1']")) {
    area.setAttribute("tabindex", "0");
    area.setAttribute("role", "group");
    area.setAttribute("aria-label", "Text");
  }
  for (const select of place.querySelectorAll("select.tableSizer:not([aria-label])")) select.setAttribute("aria-label", "Rows a page");
  for (const input of place.querySelectorAll("input.tableFilter:not([aria-label])")) input.setAttribute("aria-label", "Filter");
  for (const title of place.querySelectorAll("th .dt-column-title:empty")) title.textContent = "#";
}
new MutationObserver(nameParts).observe(place, { childList: true, subtree: true });
nameParts();
