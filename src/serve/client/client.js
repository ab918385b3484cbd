// Reloads the page when the site was compiled anew, and shows what is wrong with it.
(() => {
  "use strict";
  const version = Number(document.currentScript.dataset.version);
  const problems = document.createElement("pre");
  problems.id = "hornbook-problems";
  const show = (texts) => {
    problems.textContent = texts.join("\n\n");
    if (texts.length > 0) document.body.append(problems);
    else problems.remove();
  };
  let events;
  const listen = () => {
    if (document.hidden) {
      events?.close();
      events = undefined;
    } else if (!events) {
      events = new EventSource("/-hornbook/events");
      events.addEventListener("site", (event) => {
        const site = JSON.parse(event.data);
        show(site.problems.filter((problem) => problem.level === "error").map((problem) => problem.text));
        if (site.ok && site.version !== version) location.reload();
      });
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
