import django.contrib.postgres.indexes
from django.db import migrations, models

import onegrid.cases.models.case_indexes


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_either_script")]
    operations = [
        migrations.RemoveIndex(model_name="case", name="case_search"),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"),
                onegrid.cases.models.case_indexes.Keys(
                    "township_code", "community_code", "grid_code", "lead_unit", "category", "reported_by"
                ),
                name="case_search",
            ),
        ),
    ]
