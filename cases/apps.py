from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        """Give the frame the way to what is held about people."""
        from committees.context import register_navigation
        from committees.permissions import Permission

        register_navigation(
            "Registerutdrag",
            section="extract",
            url_name="extract",
            permissions=[Permission.TAKE_EXTRACTS],
            everywhere=True,
        )
        register_navigation(
            "Gallring", section="disposal", url_name="disposal_list", permissions=[Permission.DISPOSE], everywhere=True
        )
