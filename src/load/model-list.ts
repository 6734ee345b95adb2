import { listedModel } from "./listed-model.js";

/** The date of a release, or a word for the newest: `-20250929`, `-2024-07-18`, `-latest`. */
const RELEASE = /-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/;

/** Tells of `provider/model` whether the public list of prices has a model of just that name. Loaded where it is asked for. */
export async function openModelList(): Promise<(model: string) => boolean> {
  const { findProvider } = await import("@pydantic/genai-prices");
  const plain = (name: string) => name.replace(RELEASE, "").replaceAll(".", "-").toLowerCase();
  return (model) => {
    const listed = listedModel(model);
    const models = (listed && findProvider({ providerId: listed.provider })?.models) ?? [];
    return models.some(({ id }) => plain(id) === plain(listed?.name ?? ""));
  };
}
