"""Audits for tests, made the way people make them: through the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from audits.actions.audits import Body, Commission, set_response_due, start_audit, write_cover_letter
from audits.actions.engagements import engage
from audits.actions.findings import add_observation, assess, recommend
from audits.actions.frameworks import store_framework
from audits.actions.moves import move_audit
from audits.enums import AuditState, EngagementPart, ObservationKind
from audits.models import Audit, AuditedBody, FrameworkVersion
from committees.actions.people import add_person
from committees.actions.saving import save
from committees.enums import Role
from committees.models import Committee, User
from tests.factories import setup_small_municipality

PASSWORD = "words-that-only-tests-use"
NONSENSE = "kvackelbrunst"
"""A word that stands in a draft and nowhere else."""

FIVE_GRADES = """
kod = "fem-grader"
titel = "Styrning av uppföljningen"
upphov = "Provbyrån"

[skala]
[[skala.grader]]
ord = "Mycket god"
ordning = 3
[[skala.grader]]
ord = "God"
ordning = 3
[[skala.grader]]
ord = "Godtagbar"
ordning = 2
[[skala.grader]]
ord = "Svag"
ordning = 1
[[skala.grader]]
ord = "Bristfällig"
ordning = 0

[[kriterier]]
kod = "SoL"
titel = "Socialtjänstlagen"
slag = "lag"
beteckning = "SFS 2001:453"
galler_fran = 2002-01-01
galler_till = 2025-06-30
ersatts_av = "Socialtjänstlagen (2025:400)"

[[avsnitt]]
rubrik = "Uppföljning"
[[avsnitt.fragor]]
nummer = "1"
fraga = "Följs var och en upp varje månad?"
kriterier = ["SoL"]
[[avsnitt.fragor.underlag]]
slag = "matt"
matt = "follow_up_compliance"
[[avsnitt.fragor.underlag.regler]]
talar_for = "God"
minst = 90
[[avsnitt.fragor.underlag.regler]]
talar_for = "Svag"

[[avsnitt.fragor]]
nummer = "2"
fraga = "Är ansvaret för uppföljningen klart?"
graderas_for = "varje_organ"

[[avsnitt.fragor]]
nummer = "3"
fraga = "Hur går uppföljningen till?"
slag = "beskrivande"
"""


@dataclass
class Reviewers:
    """Everyone around an audit of SN and KUN, and the audit."""

    audit: Audit
    elected: User
    expert: User
    secretary: User
    manager: User
    other_secretary: User
    steward: User

    def fresh(self) -> Audit:
        """The audit as it stands in the database."""
        return Audit.objects.select_related("framework_version").get(pk=self.audit.pk)

    def body(self, code: str) -> AuditedBody:
        """The audited body of that code."""
        return self.audit.bodies.get(committee__code=code)

    def move(self, *names: str, why: str = "Därför", on: date | None = None) -> Audit:
        """Take the audit these steps, by its elected auditor."""
        for name in names:
            move_audit(self.fresh(), name=name, by=self.elected, why=why, on=on)
        return self.fresh()

    def write_findings(self) -> None:
        """Write an observation with the nonsense word, every answer, and a recommendation to SN."""
        audit = self.fresh()
        add_observation(
            audit=audit,
            text=f"Uppföljningen är {NONSENSE}.",
            kind=ObservationKind.WEAKNESS,
            question="1",
            source="Intervju med enhetschef",
            by=self.expert,
        )
        assess(audit=audit, question="1", grade="Svag", grounds="Mindre än hälften följs upp.", by=self.expert)
        for code in ("SN", "KUN"):
            assess(
                audit=audit,
                question="2",
                body=self.body(code),
                grade="God",
                grounds="Det står i rutinen.",
                by=self.expert,
            )
        assess(audit=audit, question="3", grounds="Handläggaren ringer deltagaren.", by=self.expert)
        recommend(
            audit=audit,
            text="Följ upp var och en varje månad.",
            addressees=[Body(committee("SN"))],
            questions=["1"],
            by=self.expert,
        )

    def prepare(self, state: AuditState | str) -> Audit:
        """Bring the audit to the state by its own steps, with what each asks for."""
        path: dict[str, tuple[str, ...]] = {
            "draft": (),
            "fact_check": ("send_to_fact_check",),
            "completing": ("send_to_fact_check", "close_fact_check"),
            "submitted": ("send_to_fact_check", "close_fact_check", "submit"),
            "decided": ("send_to_fact_check", "close_fact_check", "submit", "decide"),
            "published": ("send_to_fact_check", "close_fact_check", "submit", "decide", "publish"),
            "cancelled": ("cancel",),
        }
        self.write_findings()
        due = timezone.localdate() + timedelta(days=30)
        save(self.fresh(), read_as=self.fresh().revision, by=self.expert, fact_check_due=due)
        write_cover_letter(self.fresh(), text="Till nämnderna.", read_as=self.fresh().revision, by=self.elected)
        set_response_due(body=self.body("SN"), due=due, by=self.elected)
        return self.move(*path[str(state)])


def committee(code: str) -> Committee:
    """The committee of that code."""
    return Committee.objects.get(code=code)


def person(name: str, role: Role, code: str | None) -> User:
    """A person with a role for a committee."""
    return add_person(username=name, password=PASSWORD, role=role, committee=committee(code) if code else None)


def framework(text: str = FIVE_GRADES) -> FrameworkVersion:
    """The framework, stored as the installation does."""
    return store_framework(text=text, by=None)


def reviewers(text: str = FIVE_GRADES) -> Reviewers:
    """A small town with an audit of SN and KUN for 2024, and everyone around it."""
    setup_small_municipality()
    elected = person("vald", Role.ELECTED_AUDITOR, "SN")
    add_person(username="vald", password=PASSWORD, role=Role.ELECTED_AUDITOR, committee=committee("KUN"))
    expert = User.objects.create(username="sakkunnig", email="sakkunnig@example.se")
    audit = start_audit(
        framework_version=framework(text),
        commission=Commission(
            title="Granskning av uppföljningen",
            commissioner="Kommunens revisorer",
            firm="Provbyrån",
            purpose="Att bedöma om uppföljningen är ändamålsenlig.",
            period_start=date(2024, 1, 1),
            period_end=date(2024, 12, 31),
        ),
        bodies=[Body(committee("SN")), Body(committee("KUN"))],
        by=elected,
    )
    today = timezone.localdate()
    end = today + timedelta(days=100)
    engage(audit=audit, person=expert, part=EngagementPart.EXPERT, start=today, end=end, by=elected)
    people = {
        "secretary": person("sekreterare", Role.SECRETARY, "SN"),
        "manager": person("chef", Role.MANAGER, "SN"),
        "other_secretary": person("annan", Role.SECRETARY, "KUN"),
        "steward": person("systemforvaltare", Role.DATA_STEWARD, None),
    }
    return Reviewers(audit=audit, elected=elected, expert=expert, **people)
