/** Gives names pseudonyms: `agent-1`, `agent-2`, in the order in which they are met. The same name gets the same one. */
export class Pseudonyms {
  readonly #given = new Map<string, Map<string, string>>();

  /** The pseudonym of a name among those of its kind; nothing stays nothing. */
  of(kind: string, name: string): string {
    if (name === "") return "";
    const given = this.#given.get(kind) ?? new Map<string, string>();
    this.#given.set(kind, given);
    const pseudonym = given.get(name) ?? `${kind}-${given.size + 1}`;
    given.set(name, pseudonym);
    return pseudonym;
  }
}
