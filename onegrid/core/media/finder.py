"""
Find faces and number plates in one picture, in a process of its own: bounded in time and memory.

Run by `veil.find_marks` as a plain script, so it imports nothing of ours. It takes a JPEG that our own decoder has
written on its standard input and writes a line of JSON: a list of `[kind, left, top, width, height, score]`, in parts
of the picture's sides. Where it is unsure it says yes: what is covered too much an officer can lift, what is missed is
seen by everybody.
"""

import io
import json
import math
import os
import resource
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import onnxruntime
from PIL import Image

FACE, PLATE = "face", "plate"
SECONDS = 90
NICE = 10  # whoever waits for a page goes first
FACE_SIDES, FACE_SCORE = (960, 1600), 0.2  # longer sides at which is looked; the smaller finds what fills the picture
PLATE_SIDES, PLATE_SCORE = (320, 640, 960, 1600), 0.2
PLATE_WIDEST = 180  # pixels at the size looked at; what is larger a smaller size shows, and walls look like it
PLATE_SCORE_OF_WIDE = 0.6  # a plate that fills half of the picture is seen for certain
OVERLAP = 0.4  # two boxes that share more of both together are one
INSIDE = 0.7  # and a box of which so much lies in a surer one
CLOSED, OPEN = b"\n\x02\x08", b"\n\x02\x78"  # a side of so many pixels, in ONNX; a side of any number
FLAT = 3.0  # of 255 shades, by which pixels differ at least where there is something
PRIORS = ((8, (24, 48)), (16, (96, 192)), (32, (384, 768)))  # steps and sizes that the plate model was trained with
VARIANCES = (0.1, 0.2)
PLATE_MEANS = (104, 117, 123)

Box = tuple[float, float, float, float, float]  # left, top, right, bottom in pixels, and how sure
Session = Any


def main() -> None:
    """Find what there is, or die of the bounds; who has started this sees it by the code."""
    faces, plates, memory, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["JPEG"]) as image:
        picture = image.convert("RGB")
    looks = (
        (FACE, faces_in, session_of(with_free_sides(faces), threads), FACE_SIDES),
        (PLATE, plates_in, session_of(plates, threads), PLATE_SIDES),
    )
    found: list[list[object]] = []
    for kind, look, session, sides in looks:
        seen = [box for scaled, factor in sizes(picture, sides) for box in look(session, scaled, factor)]
        inside = [box for box in (clipped(box, picture) for box in seen) if shows_something(box, picture)]
        found += [[kind, *parts_of(box, picture)] for box in strongest(inside)]
    sys.stdout.write(json.dumps(found))


def session_of(model: str | bytes, threads: int) -> Session:
    """Return a model, ready to be asked, by the processor alone."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False  # takes memory as it is needed, and not twice as much
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def with_free_sides(path: str) -> bytes:
    """
    Return the face model with its input open to any size.

    It is published for ten pictures of 32 by 32 pixels. The four numbers become fields that the format does not know,
    so that a reader takes the sides as open; nothing else of the file changes.
    """
    with open(path, "rb") as file:  # noqa: PTH123  # a script that starts with little
        model = file.read()
    sides = b"".join(CLOSED + bytes([side]) for side in (10, 3, 32, 32))
    if model.count(sides) != 1:
        message = "Not the face model that is known."
        raise ValueError(message)
    return model.replace(sides, sides.replace(CLOSED, OPEN))


def sizes(picture: Image.Image, sides: tuple[int, ...]) -> Iterator[tuple[Image.Image, float]]:
    """Yield the picture at each size to look at, and by how much it is smaller or larger than it was."""
    longest = max(picture.size)
    done = set()
    for side in sides:
        factor = min(side / longest, 2.0)
        if (size := tuple(max(1, round(each * factor)) for each in picture.size)) not in done:
            done.add(size)
            yield picture.resize((size[0], size[1]), Image.Resampling.BILINEAR), factor


def padded(picture: Image.Image) -> "np.ndarray[Any, Any]":
    """Return the pixels with sides that 32 divides, filled up with gray."""
    pixels = np.asarray(picture, dtype=np.float32)
    high, wide = (math.ceil(side / 32) * 32 for side in pixels.shape[:2])
    canvas = np.full((high, wide, 3), 128, dtype=np.float32)
    canvas[: pixels.shape[0], : pixels.shape[1]] = pixels
    return canvas


def faces_in(session: Session, picture: Image.Image, factor: float) -> Iterator[Box]:
    """Yield the faces in a picture as CenterFace sees them: points where one lies, each with its size and offset."""
    asked = padded(picture).transpose(2, 0, 1)[None]
    heat, scale, offset = session.run(None, {session.get_inputs()[0].name: asked})[:3]
    for row, column in np.argwhere(heat[0, 0] > FACE_SCORE):
        high, wide = (float(np.exp(part[row, column])) * 4 for part in scale[0])
        down, right = (
            (place + float(part[row, column]) + 0.5) * 4 for place, part in zip((row, column), offset[0], strict=True)
        )
        box = (right - wide / 2, down - high / 2, right + wide / 2, down + high / 2)
        yield (*(side / factor for side in box), float(heat[0, 0, row, column]))


def plates_in(session: Session, picture: Image.Image, factor: float) -> Iterator[Box]:
    """Yield the number plates in a picture: places known beforehand, each moved and stretched by the model."""
    pixels = padded(picture)
    asked = (pixels[:, :, ::-1] - np.array(PLATE_MEANS, dtype=np.float32)).transpose(2, 0, 1)[None]
    moved, sure, corners = session.run(None, {session.get_inputs()[0].name: np.ascontiguousarray(asked)})
    priors = priors_of(*pixels.shape[:2])
    for at in np.flatnonzero(sure[0, :, 1] > PLATE_SCORE):
        x, y, size = priors[at]
        left, top, wide, high = moved[0, at]
        x, y = x + left * VARIANCES[0] * size, y + top * VARIANCES[0] * size
        wide, high = size * np.exp(wide * VARIANCES[1]), size * np.exp(high * VARIANCES[1])
        if wide > PLATE_WIDEST and (max(picture.size) > PLATE_SIDES[0] or sure[0, at, 1] < PLATE_SCORE_OF_WIDE):
            continue
        xs = [x - wide / 2, x + wide / 2, *(priors[at][0] + corners[0, at][0::2] * VARIANCES[0] * size)]
        ys = [y - high / 2, y + high / 2, *(priors[at][1] + corners[0, at][1::2] * VARIANCES[0] * size)]
        box = (min(xs), min(ys), max(xs), max(ys))
        yield (*(float(side) / factor for side in box), float(sure[0, at, 1]))  # type: ignore[misc]


def priors_of(high: int, wide: int) -> "np.ndarray[Any, Any]":
    """Return the middle and size of every place at which the plate model looks, in its order."""
    return np.array([
        ((column + 0.5) * step, (row + 0.5) * step, size)
        for step, at in PRIORS
        for row, column in product(range(math.ceil(high / step)), range(math.ceil(wide / step)))
        for size in at
    ])  # fmt: skip


def clipped(box: Box, picture: Image.Image) -> Box:
    """Return what of a box lies in the picture; nothing of it may."""
    wide, high = picture.size
    left, right = (min(max(side, 0.0), float(wide)) for side in (box[0], box[2]))
    top, bottom = (min(max(side, 0.0), float(high)) for side in (box[1], box[3]))
    return left, top, right, bottom, box[4]


def shows_something(box: Box, picture: Image.Image) -> bool:
    """Tell whether there is anything to see in a box: where all pixels are alike, nobody recognizes a thing."""
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        return False
    area = picture.crop((int(box[0]), int(box[1]), math.ceil(box[2]), math.ceil(box[3]))).convert("L")
    return float(np.asarray(area).std()) >= FLAT


def strongest(boxes: list[Box]) -> list[Box]:
    """Return each thing once, as the box that is surest of it."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda each: -each[4]):
        if not any(is_same(box, other) for other in kept):
            kept.append(box)
    return kept


def is_same(box: Box, surer: Box) -> bool:
    """Tell whether a box shows what a surer one shows already."""
    wide = min(box[2], surer[2]) - max(box[0], surer[0])
    high = min(box[3], surer[3]) - max(box[1], surer[1])
    if wide <= 0 or high <= 0:
        return False
    own, others = ((each[2] - each[0]) * (each[3] - each[1]) for each in (box, surer))
    return wide * high > min(OVERLAP * (own + others - wide * high), INSIDE * own)


def parts_of(box: Box, picture: Image.Image) -> list[float]:
    """Return a box in parts of the picture's sides, and how sure it is."""
    wide, high = picture.size
    left, top, right, bottom = box[0] / wide, box[1] / high, box[2] / wide, box[3] / high
    return [round(part, 4) for part in (left, top, right - left, bottom - top, box[4])]


if __name__ == "__main__":
    main()
