"""How often one source has tried something this hour, in a table that is not logged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_first_answers")]
    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("count", models.PositiveBigIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL("ALTER TABLE core_attempts SET UNLOGGED", migrations.RunSQL.noop),
    ]
