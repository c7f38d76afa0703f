from django.db import migrations, models

import onegrid.core.ids


class Migration(migrations.Migration):
    """Remember which chapters of a simulated year are written."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="WrittenChapter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seed", models.PositiveBigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("cases", models.PositiveIntegerField()),
                ("entries", models.PositiveIntegerField()),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("seed", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("seed", "number"), name="chapter_is_written_once")
                ],
            },
        ),
    ]
