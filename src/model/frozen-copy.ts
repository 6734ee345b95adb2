/**
 * A frozen copy of an object, with these fields; the object is frozen too. V8 gives a copy of what is not frozen a hidden
 * class of its own once it is frozen itself: thousands of those take ten times as long to make, and to read.
 */
export function frozenCopy<T extends object, F extends object>(object: T, fields: F): Readonly<T & F> {
  return Object.freeze({ ...Object.freeze(object), ...fields });
}
