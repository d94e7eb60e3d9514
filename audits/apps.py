from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "audits"
    verbose_name = "Granskning"

    def ready(self) -> None:
        """Let what audits have be known: their workflows, their part of the watch list, the way there in the frame."""
        from audits import commissioned, holding, policies, promised, watching
        from audits.actions import samples
        from cases.extracts import model as extracts
        from committees.context import register_navigation
        from committees.permissions import Permission
        from governance.models import Action, Commission
        from governance.selectors import causes

        del policies, samples  # they register their workflows when they are read
        watching.register()
        promised.register()
        causes.register(Action, promised.causes)
        causes.register(Commission, commissioned.causes)
        causes.register_offer(Commission, commissioned.ways)
        extracts.register(holding.samples_of_person)
        register_navigation(
            "Granskningar",
            section="audit",
            url_name="audit_list",
            permissions=[Permission.SEE_AUDITS, Permission.CARRY_OUT_AUDITS, Permission.DECIDE_AUDITS],
        )
