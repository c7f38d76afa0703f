from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_supervision_and_nudges'),
    ]

    operations = [
        migrations.AlterField(
            model_name='timelineentry',
            name='kind',
            field=models.CharField(choices=[('report', 'Report'), ('move', 'Move'), ('note', 'Note'), ('evidence', 'Evidence'), ('change', 'Change'), ('task', 'Supporting task'), ('rating', 'Rating'), ('extension', 'Extension'), ('supervision', 'Supervision order'), ('nudge', 'Nudge'), ('dispute', 'Dispute'), ('draw', 'Drawn for verification'), ('appeal', 'Lateness appeal'), ('escalation', 'Escalation')], max_length=12),
        ),
    ]
