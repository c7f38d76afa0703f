from django.db import migrations, models


class Migration(migrations.Migration):
    """Until when what a correspondent writes answers a question about their case."""

    dependencies = [
        ('channels', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='filing',
            name='answers_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
