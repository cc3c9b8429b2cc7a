/* global document, URL, window, Yasgui */
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

// What the editor's own markup leaves unnamed.
document.querySelectorAll(".CodeMirror textarea").forEach((area) => area.setAttribute("aria-label", "Query"));
window.communiqueReady = true;
