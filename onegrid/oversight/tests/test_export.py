"""An exported trail, checked without the database."""

import base64
import json
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from onegrid.oversight.public import exported, public_key_file, public_keys, seal_entries, verify_file
from onegrid.oversight.tests.trail import AT, named, numbers, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Two seals of ten entries each, and one entry that is not sealed yet."""
    write(20)
    seal_entries(at=AT, most=10)
    write(1, code="cases.note")
    path = tmp_path / "trail.jsonl"
    path.write_text("".join(f"{line}\n" for line in exported()), encoding="utf8")
    return path


def lines(file):
    return file.read_text(encoding="utf8").splitlines(keepends=True)


def check(file):
    return verify_file(file, public_keys(public_key_file()))


def test_is_whole(file):
    report = check(file)

    assert (report.is_whole, report.seals, report.sealed, report.unsealed) == (True, 2, 20, 1)


def test_is_one_json_value_to_a_line(file):
    assert json.loads(lines(file)[1])["entry"][0] == "cases.accept"


def test_satisfies_a_checker_written_from_the_documentation(file):
    """Ten lines that share no code with ours: what `docs/explanation/audit.md` describes."""
    key = load_pem_public_key(public_key_file().read_bytes())
    previous, entries, seals = bytes(32), {}, []
    for line in map(str.rstrip, lines(file)):
        value = json.loads(line)
        seals += [value] if "seal" in value else []
        entries |= {} if "seal" in value else {value["seq"]: line.split(', "entry": ', 1)[1][:-1]}
    for seal in seals:
        inside = [seq for seq in entries if seal["after"] < seq <= seal["up_to"]]
        items = [seq.to_bytes(8, "big") + sha256(entries[seq].encode()).digest() for seq in inside]
        root = naive_root([sha256(b"\0" + item).digest() for item in items])
        statement = (
            f"onegrid seal 1\nnumber {seal['seal']}\nafter {seal['after']}\nup_to {seal['up_to']}\nsize {len(items)}\n"
            f"root {root.hex()}\nprevious {previous.hex()}\nat {seal['at'].replace('Z', '.000000Z')}\n"
            f"key {seal['key']}\n"
        )
        key.verify(base64.b64decode(seal["signature"]), statement.encode())
        previous = sha256(statement.encode()).digest()

    assert len(seals) == 2


def naive_root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\1" + naive_root(hashes[:split]) + naive_root(hashes[split:])).digest()


def test_shows_a_changed_line(file):
    changed = lines(file)
    changed[3] = changed[3].replace("cases.accept", "cases.refuse")
    file.write_text("".join(changed), encoding="utf8")

    assert named(check(file)) == [("CHANGED", numbers()[2], 1)]


def test_shows_a_missing_line(file):
    rest = lines(file)
    del rest[5]
    file.write_text("".join(rest), encoding="utf8")

    assert named(check(file)) == [("REMOVED", numbers()[4], 1)]


def test_shows_lines_that_changed_places(file):
    mixed = lines(file)
    mixed[4], mixed[5] = mixed[5], mixed[4]
    file.write_text("".join(mixed), encoding="utf8")

    assert named(check(file)) == [("OUT_OF_PLACE", numbers()[3], 0)]


def test_shows_a_line_moved_behind_its_seal(file):
    mixed = lines(file)
    mixed.insert(15, mixed.pop(4))
    file.write_text("".join(mixed), encoding="utf8")

    assert named(check(file)) == [("OUT_OF_PLACE", numbers()[3], 0), ("REMOVED", numbers()[3], 1)]


@pytest.mark.parametrize("rubbish", ["{}", "[1]", '{"seal": "1"}', '{"seq": 0, "entry": []}', "", "\x00", '{"seal":'])
def test_shows_a_line_that_is_not_of_a_trail(file, rubbish):
    with file.open("a", encoding="utf8") as more:
        more.write(f"{rubbish}\n")

    report = check(file)

    assert [(fault.kind.name, fault.other) for fault in report.faults] == [("UNREADABLE", 24)]
