// Those who follow on their phones: shows the screen that the presenter shows, until they look around themselves.
"use strict";

(() => {
  const root = document.getElementById("foelger");
  const screens = [...root.querySelectorAll(".lille-skaerm")];
  const state = document.getElementById("tilstand");
  const again = root.querySelector("[data-igen]");
  let theirs = Number(root.dataset.nr);
  let number = theirs;
  let following = true;
  let over = false;

  function show(next) {
    const wanted = Math.min(Math.max(next, 1), screens.length);
    if (wanted !== number) {
      screens[number - 1].hidden = true;
      screens[wanted - 1].hidden = false;
      number = wanted;
      root.dataset.nr = String(number);
      scrollTo({ top: 0, behavior: "instant" });
    }
    again.hidden = following || over;
    state.textContent = over ? "Fremlæggelsen er slut. Du kan stadig bladre." : following ? "Du følger med."
      : number === theirs ? "Du bladrer selv. Salen er på samme skærm." : `Du bladrer selv. Salen er på skærm ${theirs}.`;
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    following = "igen" in button.dataset;
    show(following ? theirs : number + Number(button.dataset.trin));
  });

  const source = new EventSource(root.dataset.stroem);
  source.addEventListener("message", ({ data }) => {
    theirs = Number(data);
    show(following ? theirs : number);
  });
  source.addEventListener("slut", () => {
    over = true;
    source.close();
    show(number);
  });
  source.addEventListener("error", () => {
    if (!over && source.readyState === EventSource.CLOSED) {
      over = true;
      show(number);
    } else if (!over) state.textContent = "Forbindelsen er afbrudt. Siden forsøger igen …";
  });
  source.addEventListener("open", () => show(number));
})();
