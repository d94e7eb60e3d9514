from django.db import migrations

from committees.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audits", "0001_audits")]

    operations = [append_only("audits_frameworkversion"), append_only("audits_verification")]
