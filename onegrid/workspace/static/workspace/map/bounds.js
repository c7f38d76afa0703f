/** Boxes around areas, in degrees: [[west, south], [east, north]]. */

/** @param {any} coordinates @returns {Iterable<[number, number]>} */
function* points(coordinates) {
  if (typeof coordinates[0] === "number") yield /** @type {[number, number]} */ (coordinates);
  else for (const part of coordinates) yield* points(part);
}

/** Return the box around a feature, or around all of a collection. @param {any} shape */
export function boundsOf(shape) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const feature of shape.features ?? [shape]) {
    for (const [lon, lat] of points(feature.geometry.coordinates)) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  }
  return [
    [box[0], box[1]],
    [box[2], box[3]],
  ];
}

/** Tell whether a place lies in the map's bounds. @param {any} bounds @param {[number, number]} place */
export function covers(bounds, place) {
  return bounds.contains(place);
}
