from django.db import migrations, models


class Migration(migrations.Migration):
    """An address is kept for one purpose, and may be a telephone number."""

    dependencies = [
        ('notifications', '0002_letters'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='subscriber', name='subscriber_is_kept_once'),
        migrations.RemoveConstraint(model_name='subscriber', name='subscriber_channel_is_known'),
        migrations.AddField(
            model_name='subscriber',
            name='purpose',
            field=models.CharField(choices=[('following', 'Following something'), ('code', 'A code to sign in'), ('reports', "News of one's own reports")], default='following', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.UniqueConstraint(fields=('purpose', 'channel', 'address'), name='subscriber_is_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'push', 'sms'])), name='subscriber_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['following', 'code', 'reports'])), name='subscriber_purpose_is_known'),
        ),
    ]
