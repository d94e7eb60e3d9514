from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Rapportering"

    def ready(self) -> None:
        """Take a provisional snapshot after each delivery, tell which hold a person, and make the way of reports known."""
        from cases.deliveries.followers import register
        from cases.disposal import followers as disposal
        from cases.extracts import model as extracts
        from committees import workflows
        from reporting.documents.disposing import DisposedDraftFigures
        from reporting.documents.work.moving import WORKFLOW
        from reporting.snapshots.disposing import DisposedSnapshots
        from reporting.snapshots.holding import snapshots_of_person
        from reporting.snapshots.provisional import ProvisionalSnapshots

        register(ProvisionalSnapshots())
        disposal.register(DisposedSnapshots())
        disposal.register(DisposedDraftFigures())
        extracts.register(snapshots_of_person)
        workflows.register(WORKFLOW)
