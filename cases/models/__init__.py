"""What happened to people, and what it cost: the delivered rows, in versions."""

from cases.models.catalogue import ActivityType, ExitReasonText
from cases.models.disposal import Disposal
from cases.models.labour_market import Activity, Enrolment, FollowUp, Pause, Plan, Visit
from cases.models.people import Person
from cases.models.profiles import MappingProfile
from cases.models.quality import ExpectedDelivery, WarningAcceptance
from cases.models.resources import Cost, Forecast, History, Population, Staff
from cases.models.sfi import SfiParticipation, SfiReferral
from cases.models.support import SupportCase, SupportMonth
from cases.models.versions import DeliveredFile, Delivery, DeliveryWarning, RowVersion
from cases.models.waiting import WaitingDelivery, WaitingFile

__all__ = [
    "Activity",
    "ActivityType",
    "Cost",
    "DeliveredFile",
    "Delivery",
    "DeliveryWarning",
    "Disposal",
    "Enrolment",
    "ExitReasonText",
    "ExpectedDelivery",
    "FollowUp",
    "Forecast",
    "History",
    "MappingProfile",
    "Pause",
    "Person",
    "Plan",
    "Population",
    "RowVersion",
    "SfiParticipation",
    "SfiReferral",
    "Staff",
    "SupportCase",
    "SupportMonth",
    "Visit",
    "WaitingDelivery",
    "WaitingFile",
    "WarningAcceptance",
]
