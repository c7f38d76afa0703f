import django.contrib.postgres.indexes
import django.db.models.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_words_of_the_timeline")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                django.db.models.functions.Coalesce("search", "search"),
                condition=models.Q(("ended_at__isnull", True)),
                name="case_open_search",
            ),
        )
    ]
