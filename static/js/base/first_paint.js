// Runs before the first paint, so that a dark room does not flash white. A classic script on purpose: modules wait.
(function () {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  let theme = asked.get("theme");
  let projector = asked.has("projector") && asked.get("projector") !== "0";
  try {
    // what the address asks for holds for this tab, also on the next slide
    if (theme) sessionStorage.setItem("theme", theme);
    if (asked.has("projector")) sessionStorage.setItem("projector", projector ? "on" : "off");
    theme = sessionStorage.getItem("theme") || localStorage.getItem("theme");
    projector = (sessionStorage.getItem("projector") || localStorage.getItem("projector")) === "on";
  } catch {
    // Storage may be forbidden; the system's wish is then followed.
  }
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "dark" : "light";
  if (projector) root.dataset.projector = "";
})();
