/** Building and updating elements. Text from the server only ever becomes text: there is no way here to make markup of it. */

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} id of an element that the page has */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element.
 *
 * @param {string} name of the element
 * @param {Object<string, *>} attributes null and false ones are left out; those that begin with "on" are listeners
 * @param {...(Node|string|number|null)} children
 */
export function h(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** As {@link h}, for SVG. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined).map((child) =>
    typeof child === 'number' ? String(child) : child));
  return element;
}

/** Sets a text, touching the document only where it differs. */
export function say(element, text) {
  const words = String(text);
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

/** Sets an attribute, touching the document only where it differs. */
export function mark(element, name, value) {
  if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, String(value));
  }
}

/**
 * Makes a container's children fit a list, keeping the element of each key, so that focus, selection and scrolling stay.
 * While the focus is within, nothing is moved.
 *
 * @param {Element} container whose children are all made here
 * @param {Array<T>} items
 * @param {function(T): string} keyOf
 * @param {function(T): Element} create makes the element of a new key
 * @param {function(Element, T): void} update brings an element up to date
 * @template T
 */
export function keyed(container, items, keyOf, create, update) {
  const old = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const still = container.contains(document.activeElement);
  let place = container.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let element = old.get(key);
    const fresh = element === undefined;
    if (fresh) {
      element = create(item);
      element.dataset.key = key;
    }
    old.delete(key);
    update(element, item);
    if (element === place) {
      place = place.nextElementSibling;
    } else if (fresh || !still) {
      container.insertBefore(element, place);
    }
  }
  old.forEach((element) => element.remove());
}
