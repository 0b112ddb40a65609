// A modal dialog: the browser's own, so that focus, Escape and the background are as users expect.

import {html, useLayoutEffect, useRef} from '../assets/preact.js';

/** Shows its children until it is closed. */
export function Dialog({label, className = '', onClose, children}) {
  const element = useRef();
  useLayoutEffect(() => {
    element.current.showModal();
    return () => element.current?.close();
  }, []);
  return html`
    <dialog ref=${element} class=${className} aria-label=${label} onClose=${onClose}
        onClick=${(event) => event.target === element.current && onClose()}>
      ${children}
    </dialog>`;
}
