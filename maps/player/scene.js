import { byId } from "./dom.js";

// The scene as it stands in the page (see maps/scene.py). Every column of its events answers `at(i)`.

/** The scene, with `events.count` and `events.indexOf(id)`, which is -1 for none. */
export async function readScene() {
  const scene = JSON.parse(byId("scene").textContent);
  const indices = new Map(scene.events.id.map((id, i) => [id, i]));
  scene.events.count = scene.events.id.length;
  scene.events.indexOf = (id) => indices.get(id) ?? -1;
  return scene;
}
