from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Styrning"

    def ready(self) -> None:
        """Let what the subjects register be known: workflows, the watch list, the way there in the frame."""
        from committees.context import register_navigation
        from committees.permissions import Permission

        register_navigation(
            "Styrning", section="steering", url_name="steering_home", permissions=[Permission.SEE_STEERING]
        )
        for package in ("actions", "selectors"):
            parent = import_module(f"governance.{package}")
            for subject in (
                "actions",
                "goals",
                "explanations",
                "control",
                "commissions",
                "deliveries",
                "documents",
                "forums",
                "inquiries",
                "periods",
                "reports",
                "texts",
                "handover",
            ):
                if module_has_submodule(parent, subject):
                    import_module(f"governance.{package}.{subject}")
