import datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0024_what_clocks_beside_had'),
    ]

    operations = [
        migrations.AlterField(
            model_name='supervisionorder',
            name='counting',
            field=models.CharField(max_length=13),
        ),
        migrations.AlterField(
            model_name='supervisionorder',
            name='limit_time',
            field=models.DurationField(),
        ),
        migrations.AddConstraint(
            model_name='supervisionorder',
            constraint=models.CheckConstraint(condition=models.Q(('counting__in', ['always', 'working_hours', 'working_days']), ('limit_time__gte', datetime.timedelta(0))), name='order_says_what_made_its_due_moment'),
        ),
        migrations.AddConstraint(
            model_name='supporttask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counting', ''), ('due_at__isnull', True), ('limit_time__isnull', True)), models.Q(('counting__in', ['always', 'working_hours', 'working_days']), ('due_at__gte', models.F('created_at')), ('limit_time__gte', datetime.timedelta(0))), _connector='OR'), name='task_with_a_due_moment_says_what_made_it'),
        ),
        migrations.AddConstraint(
            model_name='supporttask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extended_at__isnull', True), ('extended_by__isnull', True), ('extended_from__isnull', True), ('granted_time__isnull', True)), models.Q(('extended_at__isnull', False), ('extended_by__isnull', False), ('extended_from__isnull', False), ('granted_time__gte', datetime.timedelta(0)), ('limit_time__isnull', False)), _connector='OR'), name='task_extended_says_by_how_much_and_by_whom'),
        ),
    ]
