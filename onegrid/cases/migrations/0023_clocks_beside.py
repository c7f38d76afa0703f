import django.db.models.deletion

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0022_hold_public_photos_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reckoning',
            name='beside',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='supervisionorder',
            name='counting',
            field=models.CharField(max_length=13, null=True),
        ),
        migrations.AddField(
            model_name='supervisionorder',
            name='limit_time',
            field=models.DurationField(null=True),
        ),
        migrations.AddField(
            model_name='supporttask',
            name='counting',
            field=models.CharField(blank=True, db_default='', default='', max_length=13),
        ),
        migrations.AddField(
            model_name='supporttask',
            name='granted_time',
            field=models.DurationField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='supporttask',
            name='extended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='supporttask',
            name='extended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='supporttask',
            name='limit_time',
            field=models.DurationField(blank=True, null=True),
        ),
    ]
