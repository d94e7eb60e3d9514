"""What a committee has set out to do and how it steers."""

from governance.models.actions import Action, ActionReport
from governance.models.commissions import Commission, CommissionDecision, CommissionEvent, CommissionParty
from governance.models.control import Control, ControlPlan, ControlResult, CoverageEntry, Risk, Routine, RoutineParty
from governance.models.documents import SteeringDocument
from governance.models.explanations import Explanation, ReportedValue
from governance.models.forums import Forum, ForumMeeting
from governance.models.goals import Goal, Indicator, Scorecard, Target
from governance.models.inquiries import Alternative, AlternativeCost, Criterion, Inquiry, Score
from governance.models.subscriptions import CalendarFeed, ReminderChoice, SentReminder

__all__ = [
    "Action",
    "ActionReport",
    "Alternative",
    "AlternativeCost",
    "CalendarFeed",
    "Commission",
    "CommissionDecision",
    "CommissionEvent",
    "CommissionParty",
    "Control",
    "ControlPlan",
    "ControlResult",
    "CoverageEntry",
    "Criterion",
    "Explanation",
    "Forum",
    "ForumMeeting",
    "Goal",
    "Indicator",
    "Inquiry",
    "ReminderChoice",
    "ReportedValue",
    "Risk",
    "Routine",
    "RoutineParty",
    "Score",
    "Scorecard",
    "SentReminder",
    "SteeringDocument",
    "Target",
]
