import { onThemeChange } from "../base/theme.js";
import { wireFrame } from "../controls/frame.js";

const place = /** @type {HTMLElement} */ (document.getElementById("swagger-ui"));
const root = document.documentElement;
// the reference's own name for it
const followTheme = () => root.classList.toggle("dark-mode", root.dataset.theme === "dark");

SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapi,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // the default one is a public server
});
onThemeChange(followTheme);
followTheme();
wireFrame();
