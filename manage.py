#!/usr/bin/env python3
"""The command line of Utfall; `manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run the command named on the command line; a setting that is missing or weak is told in its own words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
