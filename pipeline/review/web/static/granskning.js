// Tangenter, osparade beslut och fokus. Allt går att göra utan den här filen.
"use strict";
(() => {
  const STORE = "osparat", DWELL = 150, WAITS = [2000, 4000, 8000, 15000, 30000];
  const $ = (query, from = document) => from.querySelector(query);
  const body = document.body, main = $("#arbete"), live = $("#upplast"), banner = $("#osparat");
  let pending = null, busy = false, ready = false, timer = 0, tries = 0, shown = 0;

  // --- Kortet på skärmen -------------------------------------------------------------------
  function state(name) { body.dataset.lage = name; }

  function painted() {
    const round = ++shown;
    ready = false;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (round !== shown) return;
      body.dataset.malat = String(round);
      // En knapptryckning som var på väg när kortet byttes gällde det förra kortet.
      setTimeout(() => {
        if (round !== shown) return;
        ready = true;
        state(pending && !busy ? "osparat" : "redo");
      }, DWELL);
    }));
  }

  function arrange(focus) {
    for (const hidden of document.querySelectorAll("[data-oppnar], [data-forstora]")) hidden.hidden = false;
    for (const box of document.querySelectorAll("details[data-minns]")) {
      box.open = sessionStorage.getItem("visa-" + box.dataset.minns) === "ja";
      box.addEventListener("toggle", () => sessionStorage.setItem("visa-" + box.dataset.minns, box.open ? "ja" : "nej"));
    }
    enlarge(sessionStorage.getItem("stor-bild") === "ja");
    body.classList.toggle("arbete", Boolean($(".ytor")));
    const card = $("#kort");
    if (card) {
      if (card.dataset.adress && location.pathname + location.search !== card.dataset.adress) history.replaceState(null, "", card.dataset.adress);
      centre($(".svar mark"), $(".svar"), true);
      if (card.dataset.besked) live.textContent = card.dataset.besked;
    }
    source();
    if (focus) ($("#fraga") || $("h1", main) || main).focus({ preventScroll: true });
    if (focus && getComputedStyle(body).overflow !== "hidden") scrollTo(0, 0);
    painted();
  }

  function source() {
    const view = $(".duk") || $(".helatexten");
    if (!view) return;
    const image = $("img", view);
    const go = () => centre($("#belagg") || $(".helatexten mark"), view);
    if (image && !image.complete) image.addEventListener("load", go, { once: true }); else go();
  }

  function centre(what, within, onlyUnseen) {
    if (!what || !within || within.scrollHeight <= within.clientHeight) return;
    const a = what.getBoundingClientRect(), b = within.getBoundingClientRect();
    if (onlyUnseen && a.bottom <= b.bottom) return;
    within.scrollTop += a.top - b.top - (within.clientHeight - a.height) / 2;
    within.scrollLeft += a.left - b.left - (within.clientWidth - a.width) / 2;
  }

  // Det som öppnas bland besluten tar plats från svaret: belägget ska ändå synas.
  document.addEventListener("toggle", (event) => {
    if (event.target.closest(".beslut")) centre($(".svar mark"), $(".svar"), true);
  }, true);

  function enlarge(on) {
    body.classList.toggle("stor-bild", on);
    for (const button of document.querySelectorAll("[data-forstora]")) button.setAttribute("aria-pressed", String(on));
  }

  // --- Tangenter ---------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target : body;
    if (event.defaultPrevented || event.isComposing || $("dialog[open]")) return;
    if (event.key === "Escape" && at.closest("textarea, select")) return void ($("#fraga") || main).focus();
    if (event.key === "Enter" && event.ctrlKey) return void press(event, "Enter");
    if (event.ctrlKey || event.altKey || event.metaKey || at.closest("input, textarea, select")) return;
    if (event.key === "Enter" && at.closest("a, button, summary")) return;
    if (scrolls(event, at)) return;
    if (body.dataset.tangenter === "pa") press(event, event.key.toLowerCase() === "enter" ? "Enter" : event.key.toLowerCase());
  });

  // Rubriken har fokus, men det är svaret som ska rulla.
  function scrolls(event, at) {
    const step = { ArrowDown: 40, ArrowUp: -40, PageDown: 300, PageUp: -300 }[event.key], answer = $(".svar");
    if (!step || !answer || at.closest("[tabindex='0']") || answer.scrollHeight <= answer.clientHeight) return false;
    event.preventDefault();
    answer.scrollTop += step;
    return true;
  }

  function press(event, key) {
    const found = [...document.querySelectorAll("[data-tangent]")].find((one) => one.dataset.tangent.split(" ").includes(key));
    if (!found) return;
    event.preventDefault();
    // En tangent gäller bara kortet som syns: inte medan något sparas, inte när den hålls nere.
    if (event.repeat || busy || !ready || (pending && found.form && found.type === "submit")) return;
    const note = key === "k" && $("textarea", found.parentElement);
    if (!note || !found.parentElement.open) found.click();
    if (note) note.focus();
  }

  document.addEventListener("click", (event) => {
    const at = event.target instanceof Element ? event.target : body;
    const opener = at.closest("[data-oppnar]");
    if (opener) $("#" + opener.dataset.oppnar).showModal();
    if (at.closest("[data-forstora]")) {
      const on = !body.classList.contains("stor-bild");
      sessionStorage.setItem("stor-bild", on ? "ja" : "nej");
      enlarge(on);
      source();
    }
    if (at.closest("[data-igen]")) { tries = 0; resend(); }
    if (at.closest("[data-ladda]")) location.reload();
    if (at.closest("[data-kasta]")) { forget(); painted(); }
    for (const menu of document.querySelectorAll(".senaste[open]")) if (!menu.contains(at)) menu.open = false;
  });

  // --- Sparande ----------------------------------------------------------------------------
  body.addEventListener("htmx:beforeRequest", (event) => {
    const request = event.detail.requestConfig;
    if (request.verb !== "post") return;
    if (busy || (pending && !request.headers["Osparat"])) return void event.preventDefault();
    busy = true;
    state("sparar");
    if (request.headers["Osparat"] || !event.detail.elt.matches("[data-spara]")) return;
    const pressed = request.triggeringEvent && request.triggeringEvent.submitter;
    const values = {};
    for (const [name, value] of request.parameters.entries()) if (name !== "csrf") values[name] = String(value);
    pending = { address: request.path, values, who: body.dataset.granskare, what: event.detail.elt.dataset.vad + (pressed && pressed.dataset.ord ? " – " + pressed.dataset.ord : "") };
    keep();
  });

  body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig.verb !== "post") {
      if (event.detail.failed) live.textContent = "Det gick inte att hämta. Ladda om sidan och försök igen.";
      return;
    }
    busy = false;
    const status = event.detail.xhr.status;
    if ((status >= 200 && status < 400) || status === 409) return forget();
    failed(status);
  });

  body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "arbete") arrange(true); else source();
    for (const hidden of document.querySelectorAll("[data-forstora]")) hidden.hidden = false;
  });

  function keep() {
    try { sessionStorage.setItem(STORE, JSON.stringify(pending)); } catch { /* minnet får räcka */ }
  }

  function forget() {
    pending = null;
    tries = 0;
    clearTimeout(timer);
    sessionStorage.removeItem(STORE);
    banner.hidden = true;
  }

  function failed(status) {
    if (!pending) {
      live.textContent = "Det gick inte. Försök igen.";
      return state(ready ? "redo" : "sparar");
    }
    const why = { 0: "Servern svarar inte.", 401: "Du är utloggad: ladda om sidan och logga in, så sparas det.", 403: "Sidan är för gammal: ladda om den, så sparas det.", 413: "Kommentaren är för lång." }[status] || "Servern kunde inte spara.";
    $("[data-vad]").textContent = pending.what + ".";
    const again = status === 0 || status >= 500;
    $("[data-varfor]").textContent = why + (again ? " Nya försök görs av sig själva; beslutet ligger kvar." : "");
    banner.hidden = false;
    state("osparat");
    clearTimeout(timer);
    if (again) timer = setTimeout(resend, WAITS[Math.min(tries++, WAITS.length - 1)]);
  }

  function resend() {
    clearTimeout(timer);
    if (!pending || busy) return;
    const csrf = $("input[name=csrf]");
    htmx.ajax("POST", pending.address, { source: main, target: main, swap: "innerHTML show:none", headers: { Osparat: "1" }, values: { ...pending.values, csrf: csrf ? csrf.value : "" } }).catch(() => {});
  }

  addEventListener("beforeunload", (event) => { if (pending && !banner.hidden) event.preventDefault(); });

  try { pending = JSON.parse(sessionStorage.getItem(STORE)); } catch { pending = null; }
  if (pending && pending.who !== body.dataset.granskare) forget();
  arrange(Boolean($("#kort")));
  if (pending) { $("[data-vad]").textContent = pending.what + "."; banner.hidden = false; state("osparat"); resend(); }
})();
