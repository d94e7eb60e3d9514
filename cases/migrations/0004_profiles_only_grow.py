from django.db import migrations

from committees.append_only import append_only


class Migration(migrations.Migration):
    """Every version of a profile stays as it was when a delivery was read by it."""

    dependencies = [("cases", "0003_mapping_profiles")]

    operations = [append_only("cases_mappingprofile")]
