"""Values on their way out into CSV and XLSX: the rule itself is the whole house's."""

from committees.csv_files import neutralised

__all__ = ["neutralised"]
