from django.db import migrations

from committees.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_reports_on_their_way")]

    operations = [append_only("reporting_reporttemplateversion"), append_only("reporting_parttext")]
