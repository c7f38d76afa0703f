"""Let cases that speak in traditional characters be found by simplified ones too, also those that were there before."""

from importlib import import_module

from django.db import migrations

from onegrid.core.search import traditional

words = import_module("onegrid.cases.migrations.0029_words_of_the_timeline")


def fold(apps, schema_editor):
    words.index_again("search::text ~ %s", traditional().pattern)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0030_words_of_open_cases")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
