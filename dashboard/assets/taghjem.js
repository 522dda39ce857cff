// «Tag med hjem» on /fremlaeg: how far a run sheet's file is, a way to cancel, and what is missing from it.
// The link itself gives the same file; here it is asked for by POST, which tells step by step. No dependencies.
"use strict";

(() => {
  const LONGEST = 8000; // what the server reads of a run sheet
  const place = document.getElementById("hentning");
  const step = document.getElementById("hentning-trin");
  const bar = document.getElementById("hentning-maaler");
  const told = document.getElementById("hentning-besked");
  let running = null;

  /** The run sheet of a link; the visitor's own with the talking points that are too long for a link. */
  function parameters(link) {
    const short = new URL(link.href).searchParams;
    if (!link.closest(".egen")) return { query: short, left: false };
    const query = new URLSearchParams(short);
    let items = [];
    try {
      items = JSON.parse(localStorage.getItem("indblik-koereplan") ?? "[]");
    } catch {
      // the link holds what there is
    }
    items.forEach((item, i) => {
      if (item.tale) query.set(`n${i + 1}`, item.tale);
    });
    const fits = query.toString().length <= LONGEST;
    return { query: fits ? query : short, left: !fits };
  }

  /** The lines of an answer as they come, and the bytes after the one that names the file. */
  async function read(answer, show) {
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = new Uint8Array();
    let file = null;
    const parts = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (file) {
        parts.push(value);
        continue;
      }
      const joined = new Uint8Array(rest.length + value.length);
      joined.set(rest);
      joined.set(value, rest.length);
      rest = joined;
      for (let end = rest.indexOf(10); end >= 0 && !file; end = rest.indexOf(10)) {
        const line = JSON.parse(decoder.decode(rest.subarray(0, end)));
        rest = rest.subarray(end + 1);
        if (line.fejl) throw new Error(line.fejl);
        if (line.fil) file = line;
        else show(line);
      }
      if (file) parts.push(rest);
    }
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    if (!file || size !== file.bytes) throw new Error("Forbindelsen blev afbrudt, før filen var færdig. Prøv igen.");
    return { file, parts };
  }

  function show(line) {
    bar.max = line.af;
    bar.value = line.trin;
    step.textContent = line.trin ? `${line.trin} af ${line.af}: ${line.del}` : "Filen laves, så snart der er plads …";
  }

  function say(text, missing = []) {
    told.replaceChildren();
    const first = document.createElement("p");
    first.textContent = text;
    told.append(first);
    if (!missing.length) return;
    const list = document.createElement("ul");
    for (const one of missing) {
      const item = document.createElement("li");
      item.textContent = one;
      list.append(item);
    }
    told.append(list);
  }

  function save({ file, parts }) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type: file.type }));
    link.download = file.fil;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async function take(link) {
    const { query, left } = parameters(link);
    running = new AbortController();
    const name = link.textContent;
    step.textContent = "Filen laves …";
    bar.removeAttribute("value");
    place.hidden = false;
    say(`${name} laves.`);
    try {
      const answer = await fetch(new URL(link.href).pathname, { method: "POST", body: query, signal: running.signal });
      if (!answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        throw new Error(page.querySelector("main .lead")?.textContent ?? "Filen kan ikke laves lige nu.");
      }
      const made = await read(answer, show);
      save(made);
      const missing = [...made.file.mangler];
      if (left) missing.push("De lange talepunkter: tilsammen fylder de mere, end serveren læser.");
      say(missing.length ? `${name} er hentet. Det er ikke med:` : `${name} er hentet.`, missing);
    } catch (error) {
      if (error.name === "AbortError") say(`${name} er annulleret.`);
      else say(`${name} kunne ikke hentes. ${error instanceof TypeError ? "Der er ingen forbindelse til serveren." : error.message}`);
    } finally {
      const focused = place.contains(document.activeElement);
      running = null;
      place.hidden = true;
      if (focused && link.isConnected) link.focus();
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#hentning-stop")) running?.abort();
    const link = event.target.closest("a[data-tag-hjem]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (running) say("Der laves allerede en fil. Vent, eller annullér den.");
    else take(link);
  });
})();
