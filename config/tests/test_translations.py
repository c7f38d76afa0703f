"""The translations: texts are found, catalogues kept, faults named."""

import pytest
from babel.messages.catalog import Catalog

from config.translations import upkeep
from config.translations.catalogs import compile_messages, file_of, read, write
from config.translations.extraction import texts_of


@pytest.fixture
def root(tmp_path):
    """A project with one app and one template of its own."""
    app = tmp_path / "onegrid" / "cases"
    (app / "templates" / "cases").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (app / "apps.py").write_text("")
    (app / "rules.py").write_text(
        'from x import gettext as _, pgettext\na = _("Dispatched")\nb = pgettext("move", "Close")\n'
        'c = ngettext("%(n)s case", "%(n)s cases", 2)\n'
    )
    (tmp_path / "templates" / "base.html").write_text(
        "{% load i18n %}\n  <p title='{% trans \"Skip\" %}'>\n"
        "{% blocktrans with n=x %}{{ n }} left{% endblocktrans %}</p>"
    )
    return tmp_path


def translate(root, texts):
    path = file_of(root, "zh_Hans")
    catalog = read(path, "zh_Hans")
    for text, said in texts.items():
        catalog.get(text).string = said
    write(path, "zh_Hans", catalog)


def test_finds_texts_in_python_with_context_and_plural(root):
    found = texts_of(root / "onegrid" / "cases", root)

    assert found.get("Dispatched")
    assert found.get("Close", "move")
    assert found.get(("%(n)s case", "%(n)s cases"))


def test_finds_texts_in_templates(root):
    found = texts_of(root, root)

    assert {message.id for message in found if message.id} == {"Skip", "%(n)s left"}


def test_names_every_text_without_translation(root):
    upkeep.update(root)

    faults = upkeep.faults(root)

    assert "locale/zh_Hans/LC_MESSAGES/django.po: no translation: 'Skip'" in faults
    assert "onegrid/cases/locale/zh_Hant/LC_MESSAGES/django.po: no translation: 'Dispatched'" in faults


def test_drafts_traditional_from_simplified(root):
    upkeep.update(root)
    translate(root, {"Skip": "跳到内容", "%(n)s left": "剩 %(n)s"})

    upkeep.update(root)

    assert read(file_of(root, "zh_Hant"), "zh_Hant").get("Skip").string == "跳到內容"


def test_keeps_what_was_done_by_hand(root):
    upkeep.update(root)
    path = file_of(root, "zh_Hant")
    catalog = read(path, "zh_Hant")
    catalog.get("Skip").string = "移至內容"
    catalog.get("Skip").user_comments.append("by hand")
    write(path, "zh_Hant", catalog)
    translate(root, {"Skip": "跳到内容"})

    upkeep.update(root)

    assert read(path, "zh_Hant").get("Skip").string == "移至內容"


def test_drops_what_has_no_source_any_more(root):
    upkeep.update(root)
    (root / "templates" / "base.html").write_text("")

    stale = [fault for fault in upkeep.faults(root) if "stale: 'Skip'" in fault]
    upkeep.update(root)

    assert len(stale) == 2
    assert read(file_of(root, "zh_Hans"), "zh_Hans").get("Skip") is None


def test_names_a_placeholder_nobody_fills(root):
    upkeep.update(root)
    translate(root, {"Skip": "跳过", "%(n)s left": "剩 %(m)s"})

    assert any("unknown placeholder %(m)s" in fault for fault in upkeep.faults(root))


def test_names_a_text_that_two_catalogues_translate_differently(root):
    (root / "templates" / "base.html").write_text('{% load i18n %}{% trans "Dispatched" %}')
    upkeep.update(root)
    translate(root, {"Dispatched": "派出"})
    path = file_of(root / "onegrid" / "cases", "zh_Hans")
    catalog = read(path, "zh_Hans")
    catalog.get("Dispatched").string = "已派遣"
    write(path, "zh_Hans", catalog)

    assert any("translated differently" in fault for fault in upkeep.faults(root))


def test_writes_nothing_when_nothing_has_changed(root):
    upkeep.update(root)

    assert upkeep.update(root) == []


def test_compiles_only_what_is_newer(root):
    write(file_of(root, "zh_Hans"), "zh_Hans", Catalog())

    assert [compile_messages(root), compile_messages(root)] == [1, 0]
