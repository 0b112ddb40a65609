'use strict';

SwaggerUIBundle({
  url: new URL('openapi.json', document.baseURI).href,
  dom_id: '#viewer',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  tryItOutEnabled: false,
  // Without this the viewer would ask another host to judge the document.
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
