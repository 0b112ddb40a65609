'use strict';

// ReDoc computes shades of its colors, so it gets those of the style sheet as they are when the page is loaded.
const style = getComputedStyle(document.documentElement);
const color = (name) => style.getPropertyValue(`--${name}`).trim();
const state = (ink, ground) => ({color: color(ink), backgroundColor: color(ground), tabTextColor: color(`code-${ink}`)});

Redoc.init(new URL('openapi.json', document.baseURI).href, {
  hideDownloadButton: false,
  expandResponses: '200',
  jsonSampleExpandLevel: 3,
  scrollYOffset: 48,
  theme: {
    colors: {
      primary: {main: color('accent'), light: color('accent'), dark: color('accent'), contrastText: color('ground')},
      success: {main: color('up')},
      warning: {main: color('mock'), contrastText: color('ground')},
      error: {main: color('bad')},
      gray: {50: color('backdrop'), 100: color('raised')},
      text: {primary: color('ink'), secondary: color('quiet')},
      border: {dark: color('line'), light: color('ground')},
      responses: {success: state('up', 'accent-ground'), error: state('bad', 'bad-ground'), redirect: state('mock', 'mock-ground'), info: state('live', 'live-ground')},
    },
    schema: {linesColor: color('quiet'), typeNameColor: color('quiet'), requireLabelColor: color('bad'), nestedBackground: color('backdrop'), arrow: {color: color('quiet')}},
    sidebar: {
      backgroundColor: color('backdrop'),
      textColor: color('ink'),
      activeTextColor: color('accent'),
      groupItems: {activeBackgroundColor: color('raised')},
      level1Items: {activeBackgroundColor: color('raised')},
    },
    rightPanel: {backgroundColor: color('code-ground'), textColor: color('code-ink'), servers: {overlay: {backgroundColor: color('card'), textColor: color('ink')}, url: {backgroundColor: color('raised')}}},
    codeBlock: {backgroundColor: color('code-block')},
    fab: {backgroundColor: color('card'), color: color('accent')},
    typography: {
      fontFamily: color('sans'),
      headings: {fontFamily: color('sans'), fontWeight: '600'},
      code: {fontFamily: color('mono'), color: color('ink'), backgroundColor: color('raised')},
      links: {color: color('accent'), visited: color('accent'), hover: color('accent')},
    },
  },
}, document.getElementById('viewer'));

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => location.reload());
