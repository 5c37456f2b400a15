import { wireFrame } from "../views/frame.js";

const place = /** @type {HTMLElement} */ (document.getElementById("swagger-ui"));
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapi,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // the default one is a public server
});
wireFrame();
