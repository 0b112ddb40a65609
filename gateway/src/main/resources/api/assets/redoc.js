'use strict';

Redoc.init(new URL('openapi.json', document.baseURI).href, {
  hideDownloadButton: false,
  expandResponses: '200',
  jsonSampleExpandLevel: 3,
  scrollYOffset: 48,
  theme: {
    colors: {primary: {main: '#0b6e6e'}},
    typography: {
      fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
      headings: {fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'},
      code: {fontFamily: 'ui-monospace, "SF Mono", "DejaVu Sans Mono", Consolas, monospace'},
    },
  },
}, document.getElementById('viewer'));
