from django.db import migrations, models


class Migration(migrations.Migration):
    """Let the index of due moments hold all cases: a search that shows ended ones too sorted every case there is."""

    dependencies = [("cases", "0002_timeline_append_only_and_numbers")]

    operations = [
        migrations.AddIndex(
            model_name="case", index=models.Index(models.F("stage_due_at"), models.F("id"), name="case_due")
        ),
        migrations.RemoveIndex(model_name="case", name="case_open_due"),
    ]
