from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0003_arguments_append_only'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='dispute',
            name='dispute_open',
        ),
    ]
