import csv
import json
from pathlib import Path

import pytest
from django.utils import translation

from onegrid.packs.public import FaultyPackError, check_pack, read_pack
from onegrid.packs.tests.factories import collection, feature, square, write_pack


@pytest.fixture
def folder(tmp_path):
    with translation.override("en"):
        yield write_pack(tmp_path / "tiny")


def test_a_sound_pack_has_no_faults(folder):
    assert check_pack(folder) == []


def test_a_pack_without_reply_templates_has_no_faults(folder):
    (folder / "reply_templates.csv").unlink()

    assert check_pack(folder) == []


def test_a_pack_without_calendars_has_no_faults(folder):
    (folder / "calendars.yaml").unlink()

    assert check_pack(folder) == []


def found(folder):
    faults = {}
    for fault in check_pack(folder):
        place = (fault.file, fault.row, fault.column)
        faults[place] = f"{faults.get(place, '')} {fault.reason}".strip()
    return faults


# What is broken in which file by putting what for what, and the fault that must be named.
with (Path(__file__).parent / "broken.csv").open(encoding="utf8", newline="") as table:
    BROKEN = list(csv.DictReader(table))


@pytest.mark.parametrize("case", BROKEN, ids=[case["what"] for case in BROKEN])
def test_names_file_row_and_reason(folder, case):
    path = folder / case["file"]
    text = path.read_text(encoding="utf8")
    assert case["old"] in text
    path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf8")

    faults = found(folder)

    place = (case["fault_file"], int(case["row"]) if case["row"] else None, case["column"])
    assert case["reason"] in faults.get(place, f"not found in {faults}")


def test_names_first_the_file_that_could_not_be_read(folder):
    (folder / "units.csv").write_bytes(b"\xff\xfe")

    faults = check_pack(folder)

    assert (faults[0].file, faults[0].reason) == ("units.csv", "This is not text in UTF-8.")


GRID = "330304001001001"
POINT = {"type": "Point", "coordinates": [1, 2]}
NOTHING = {"type": "Polygon", "coordinates": "x"}
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[120.60, 27.90], [120.61, 27.91], [120.61, 27.90], [120.60, 27.91], [120.60, 27.90]]],
}
IN = {"community": "330304001001"}
OUTLINES = {
    "crosses itself": (feature(GRID, 0, **IN) | {"geometry": BOW_TIE}, "geometry", "not a sound polygon: Self-inters"),
    "overlaps": (feature(GRID, 0, 1.5, **IN), "geometry", "overlaps"),
    "outside its community": (feature(GRID, 3, **IN), "geometry", "lie outside “330304001001”"),
    "unknown community": (feature(GRID, 0, community="330304001009"), "community", "“330304001009”, which the level"),
    "code twice": (feature("330304001001002", 0, **IN), "code", "already stands in row"),
    "no name": (feature(GRID, 0, **IN, name=""), "properties.name", "must not be empty"),
    "a point": (feature(GRID, 0, **IN) | {"geometry": POINT}, "geometry.type", "“Point” is not one of"),
    "no coordinates": (feature(GRID, 0, **IN) | {"geometry": NOTHING}, "geometry", "cannot be read"),
    "meters": (feature(GRID, 0, **IN) | {"geometry": square(50_000_000)}, "geometry", "not degrees"),
}


@pytest.mark.parametrize(("drawn", "column", "reason"), OUTLINES.values(), ids=OUTLINES.keys())
def test_names_what_is_wrong_with_an_outline(folder, drawn, column, reason):
    path = folder / "areas" / "grids.geojson"
    others = json.loads(path.read_text(encoding="utf8"))["features"][1:]
    path.write_text(collection(drawn, *others), encoding="utf8")

    reasons = [
        fault.reason for fault in check_pack(folder) if (fault.file, fault.column) == ("areas/grids.geojson", column)
    ]

    assert any(reason in text for text in reasons)


def test_names_every_fault_at_once(folder):
    for file, old, new in (
        ("units.csv", "a-fire", "A fire"),
        ("accounts.csv", "a.handler", "A"),
        ("routing.csv", "night", "!"),
    ):
        text = (folder / file).read_text(encoding="utf8")
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf8")

    assert {"units.csv", "accounts.csv", "routing.csv"} <= {file for file, _, _ in found(folder)}


def test_speaks_the_readers_language(folder):
    (folder / "posts.csv").unlink()

    with translation.override("zh-hans"):
        assert found(folder)["posts.csv", None, ""] == "缺少这个文件。"


@pytest.mark.parametrize("junk", [b"", b"\x00\xff", b'"', "编号".encode("gb18030")])
@pytest.mark.parametrize(
    "file", ["pack.yaml", "units.csv", "categories.csv", "areas/grids.geojson", "forms/daily.roads.hole.json"]
)
def test_survives_junk(folder, file, junk):
    (folder / file).write_bytes(junk)

    assert file in {name for name, _, _ in found(folder)}


def test_a_folder_that_is_not_there(tmp_path):
    assert [fault.reason for fault in check_pack(tmp_path / "gone")] != []


def test_reading_refuses_with_all_faults(folder):
    (folder / "units.csv").unlink()

    with pytest.raises(FaultyPackError, match="The first: ") as refusal:
        read_pack(folder)

    assert len(refusal.value.faults) > 1
