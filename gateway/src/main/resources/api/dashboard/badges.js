// The labels of numbers as components.

import {html} from '../assets/preact.js';
import {detail, meaning} from './labels.js';

/** One label. */
export const Badge = ({name, title, words}) =>
  html`<span class=${`badge ${name}`} title=${title ?? meaning(name)}>${words ?? name}</span>`;

/** The labels of an entry of the watch list, and what the flags say. */
export const Badges = ({names, entry}) =>
  names.map((name) => html`<${Badge} key=${name} name=${name} title=${detail(name, entry)} />`);
