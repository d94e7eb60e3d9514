from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Rapportering"

    def ready(self) -> None:
        """Take a provisional snapshot after each delivery, and tell which snapshots hold a person."""
        from cases.deliveries.followers import register
        from cases.extracts import model as extracts
        from reporting.snapshots.holding import snapshots_of_person
        from reporting.snapshots.provisional import ProvisionalSnapshots

        register(ProvisionalSnapshots())
        extracts.register(snapshots_of_person)
