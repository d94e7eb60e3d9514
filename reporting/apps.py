from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Rapportering"

    def ready(self) -> None:
        """Take a provisional snapshot after each delivery."""
        from cases.deliveries.followers import register
        from reporting.snapshots.provisional import ProvisionalSnapshots

        register(ProvisionalSnapshots())
