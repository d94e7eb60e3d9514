"""The closed lists of the organisation: kinds of unit, roles, why cases are looked at."""

from django.db import models


class UnitKind(models.TextChoices):
    """What a unit works with; the measures ask for units of a kind (import-formats: kommun.toml)."""

    AME = "ame", "Arbetsmarknad"
    INTEGRATION = "integration", "Integration"
    SUPPORT = "ekonomiskt_bistand", "Ekonomiskt bistånd"
    SFI = "sfi", "Sfi"


class Role(models.TextChoices):
    """What a person is to a committee; `committees.permissions` says what each may do."""

    SECRETARY = "secretary", "Nämndsekreterare"
    AUDITOR = "auditor", "Revisor"
    ELECTED_AUDITOR = "elected_auditor", "Förtroendevald revisor"
    MANAGER = "manager", "Chef"
    DATA_STEWARD = "data_steward", "Systemförvaltare"
    ADMINISTRATOR = "administrator", "Administratör"


class CasePurpose(models.TextChoices):
    """In which way a person was shown cases."""

    CASES = "cases", "Ärendelista"
    LEFT_OUT = "left_out", "Lista över utelämnade"
    EXPORT = "export", "Hämtad fil"
    SAMPLE = "sample", "Stickprov i granskning"
    REGISTER_EXTRACT = "register_extract", "Registerutdrag"
