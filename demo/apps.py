"""The demonstration municipality as an app, so that its command is found where its data is."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Has a command and data, no models."""

    name = "demo"
    verbose_name = "Demonstrationskommunen"
