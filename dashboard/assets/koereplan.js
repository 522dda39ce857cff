// Run sheets in this browser: «Læg i køreplan» on every page, and the visitor's own sheet on /fremlaeg.
// The sheet is a list of { ref, titel, tale } in localStorage; the server makes the HTML of it. No dependencies.
"use strict";

(() => {
  const KEY = "indblik-koereplan";
  const MOST = 40;
  const SHORT = 120;

  function load() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found.filter((item) => typeof item?.ref === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  }

  function save(items) {
    try {
      localStorage.setItem(KEY, JSON.stringify(items));
      return true;
    } catch {
      return false;
    }
  }

  /** The parameters of a link to the sheet; long texts stay here. */
  function parameters(items) {
    const query = new URLSearchParams({ k: items.map((item) => item.ref).join("~") });
    items.forEach((item, i) => {
      if (item.titel && item.titel.length <= SHORT) query.set(`t${i + 1}`, item.titel);
      if (item.tale && item.tale.length <= SHORT) query.set(`n${i + 1}`, item.tale);
    });
    return query;
  }

  /** The view on screen as a link names it: page, figure, and the choices in the address. */
  function refOf(figure) {
    const slug = location.pathname.replace(/^\/|\/$/g, "") || "kort-fortalt";
    const parts = [slug, figure];
    for (const [key, value] of new URLSearchParams(location.search)) {
      if (key !== "d" && /^[a-z][a-z0-9-]*$/.test(key) && /^[A-Za-z0-9.,-]*$/.test(value)) parts.push(key, value);
    }
    return parts.length === 2 && !figure ? slug : parts.join("_");
  }

  // --- «Læg i køreplan» ---------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.koereplan-knap");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const items = load();
    const ref = refOf(new URL(link.href).searchParams.get("figur") ?? "");
    if (items.length >= MOST || !(items.some((item) => item.ref === ref) || save([...items, { ref }]))) return; // the link itself shows it
    event.preventDefault();
    event.stopPropagation();
    const count = load().length;
    link.textContent = `I køreplan (${count})`;
    link.setAttribute("aria-label", `Ligger i køreplanen, som nu har ${count} ${count === 1 ? "skærm" : "skærme"}`);
  }, true);

  // --- The sheet on /fremlaeg ---------------------------------------------------------------------------
  const place = document.getElementById("egen-plan");
  if (!place) return;
  const message = document.getElementById("egen-besked");
  let items = load();
  let request = 0;

  async function draw(focus) {
    const mine = ++request;
    try {
      const answer = await fetch(`${place.dataset.liste}?${parameters(items)}`);
      const html = await answer.text();
      if (mine !== request || !answer.ok) return;
      if (document.activeElement?.matches("#egen-plan [data-felt]") && !focus) {
        // Someone is typing in another field: only the links are renewed.
        const made = new DOMParser().parseFromString(html, "text/html");
        for (const which of [".plan-knapper a.knap", ".plan-knapper a.sekundaer"]) {
          place.querySelector(which).href = made.querySelector(which).getAttribute("href");
        }
        const files = made.querySelectorAll("a[data-tag-hjem]");
        place.querySelectorAll("a[data-tag-hjem]").forEach((file, i) => { file.href = files[i].getAttribute("href"); });
        place.querySelector("#link-egen").value = made.querySelector("#link-egen").value;
        return;
      }
      place.innerHTML = html;
    } catch {
      message.textContent = "Køreplanen kunne ikke hentes. Prøv igen om lidt.";
      return;
    }
    // What can no longer be shown is named above the list, and leaves the sheet.
    const rows = [...place.querySelectorAll("[data-ref]")];
    const left = rows.map((row) => row.dataset.ref);
    const kept = [];
    for (const item of items) if (item.ref === left[kept.length]) kept.push(item);
    items = kept;
    save(items);
    rows.forEach((row, i) => {
      row.querySelector('[data-felt="titel"]').value = items[i]?.titel ?? "";
      row.querySelector('[data-felt="tale"]').value = items[i]?.tale ?? "";
      row.querySelector('[data-flyt="-1"]').disabled = i === 0;
      row.querySelector('[data-flyt="1"]').disabled = i === rows.length - 1;
    });
    for (const button of place.querySelectorAll("button[hidden]")) button.hidden = false;
    focus?.();
  }

  function change(next, said, focus) {
    items = next;
    if (!save(items)) said = "Browseren gemmer ikke køreplanen; brug linket.";
    message.textContent = said;
    draw(focus);
  }

  const rowAt = (i) => place.querySelectorAll("[data-ref]")[i];

  function move(i, by) {
    const to = i + by;
    if (to < 0 || to >= items.length) return;
    const next = [...items];
    next.splice(to, 0, next.splice(i, 1)[0]);
    change(next, `Flyttet til plads ${to + 1}.`, () => {
      const row = rowAt(to);
      const button = row.querySelector(`[data-flyt="${by}"]`);
      (button.disabled ? row.querySelector(`[data-flyt="${-by}"]`) : button).focus();
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("[data-ref]");
    const i = [...place.querySelectorAll("[data-ref]")].indexOf(row);
    const { flyt, overtag, kopier } = button.dataset;
    if (flyt) move(i, Number(flyt));
    else if ("fjern" in button.dataset) {
      change(items.filter((_, at) => at !== i), "Fjernet fra køreplanen.", () =>
        (rowAt(Math.min(i, items.length - 1))?.querySelector("[data-fjern]") ?? document.getElementById("titel-egen")).focus());
    } else if ("toem" in button.dataset) change([], "Køreplanen er tømt.", () => document.getElementById("titel-egen").focus());
    else if (overtag !== undefined) {
      const query = new URLSearchParams(overtag);
      const refs = [...button.closest(".koereplan").querySelectorAll("[data-ref]")].map((one) => one.dataset.ref);
      const more = refs.map((ref, at) => ({ ref, titel: query.get(`t${at + 1}`) ?? "", tale: query.get(`n${at + 1}`) ?? "" }));
      change([...items, ...more].slice(0, MOST), "Kopieret til din køreplan.", () => document.getElementById("titel-egen").focus());
    } else if (kopier) copy(button, document.getElementById(kopier));
  });

  async function copy(button, field) {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      field.select();
      if (!document.execCommand("copy")) return;
      button.focus();
    }
    const label = button.textContent;
    button.textContent = "Kopieret";
    setTimeout(() => { button.textContent = label; }, 2000);
  }

  place.addEventListener("change", (event) => {
    const field = event.target.closest("[data-felt]");
    if (!field) return;
    const i = [...place.querySelectorAll("[data-ref]")].indexOf(field.closest("[data-ref]"));
    const next = items.map((item, at) => (at === i ? { ...item, [field.dataset.felt]: field.value.trim() } : item));
    change(next, "Gemt i denne browser.");
  });

  // Alt and an arrow move the row one stands in.
  place.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-ref]");
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move([...place.querySelectorAll("[data-ref]")].indexOf(row), event.key === "ArrowUp" ? -1 : 1);
  });

  for (const button of document.querySelectorAll(".koereplan button[hidden]")) button.hidden = false;
  if (items.length) draw();
})();
