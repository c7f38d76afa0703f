from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Find what ended in a period, for the overview of a unit and lists of it."""

    dependencies = [("cases", "0007_reply_templates")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["ended_at"], name="case_ended", condition=Q(ended_at__isnull=False)),
        ),
    ]
