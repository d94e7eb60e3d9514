from django.db import migrations

from committees.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("committees", "0003_changes")]

    operations = [append_only("committees_change")]
