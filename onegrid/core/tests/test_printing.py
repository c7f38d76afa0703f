"""Paper: documents as PDF, read back by a library that is not ours."""

import hashlib
import io
import json

import pytest
from pypdf import PdfReader

from onegrid.core.printing import documents
from onegrid.core.printing.documents import PaperFailedError, breakable, typeset

MANIFEST = json.loads((documents.FONTS / "manifest.json").read_text(encoding="utf8"))
SOURCE = """#import "sheet.typ": *
#let data = json("data.json")
#show: sheet.with(data)
#for line in data.lines [#line #parbreak()]
"""


@pytest.fixture
def source(settings, tmp_path):
    """A template of the test's own, found before all others."""
    (tmp_path / "sheet_of_a_test.typ").write_text(SOURCE, encoding="utf8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return "sheet_of_a_test.typ"


def document(source, *lines, title="雨水井盖断裂"):
    data = {"title": title, "issuer": "瓯海区", "internal": False, "foot": "打印", "lines": lines}
    return PdfReader(io.BytesIO(typeset(source, data=data)))


def fonts(page):
    for font in page["/Resources"]["/Font"].values():
        yield font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


def test_is_tagged_and_says_its_title_and_language(source):
    pdf = document(source, "一行")

    assert pdf.metadata.title == "雨水井盖断裂"
    assert pdf.trailer["/Root"]["/Lang"] == "zh-CN"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712  # the library's own kind of truth
    assert "/StructTreeRoot" in pdf.trailer["/Root"]


def test_embeds_the_part_of_the_font_that_it_uses(source):
    descriptors = list(fonts(document(source, "井盖").pages[0]))

    assert descriptors
    assert all("/FontFile3" in each for each in descriptors)
    assert all(len(each["/FontFile3"].get_object().get_data()) < 60_000 for each in descriptors)


def test_numbers_every_page(source):
    pages = document(source, *["青禾路 18 号"] * 120).pages

    assert f"第 2 页，共 {len(pages)} 页" in pages[1].extract_text()


@pytest.mark.parametrize("name", ["䶮", "𠮷", "龘", "㛃", "鎮", "臺灣", "ñ", "Ω", "あ"])
def test_has_the_rare_characters_of_names(source, name):
    assert name in document(source, f"刘{name}").pages[0].extract_text()


def test_draws_a_box_for_what_the_font_lacks(source):
    text = document(source, "前😀ไทย후").pages[0].extract_text()

    assert "前" in text


@pytest.mark.parametrize("text", ["#panic()", "$x$ *b* _i_ `c` @a <l> \\ ~ // /* ]", '#import "x"', "{page}"])
def test_takes_what_people_wrote_as_text(source, text):
    shown = document(source, text).pages[0].extract_text().replace("\n", "").replace(" ", "")

    assert text.replace(" ", "") in shown


def test_leaves_out_signs_that_turn_a_text_round():
    assert breakable("a\u202eb\u2066c") == "abc"


def test_says_that_a_sheet_could_not_be_set(settings, tmp_path):
    (tmp_path / "broken.typ").write_text("#let", encoding="utf8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(PaperFailedError):
        typeset("broken.typ", data={})


def test_breaks_words_that_no_column_holds():
    assert breakable("a" * 60 + " 井盖") == f"{'a' * 24}\u200b{'a' * 24}\u200b{'a' * 12} 井盖"


@pytest.mark.parametrize("font", MANIFEST, ids=lambda font: font["name"])
def test_each_font_says_where_it_is_from_and_is_unchanged(font):
    assert set(font) == {"name", "version", "source", "licence", "licence_file", "changes", "files"}
    found = {name: hashlib.sha256((documents.FONTS / name).read_bytes()).hexdigest() for name in font["files"]}
    assert found == font["files"]


def test_lists_every_font_that_lies_there():
    listed = {name for font in MANIFEST for name in font["files"]}

    assert {path.name for path in documents.FONTS.iterdir()} - {"manifest.json"} == listed
