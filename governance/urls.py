"""Addresses of steering, subject by subject."""

from django.urls import path

from governance.views import (
    actions,
    commissions,
    control,
    control_results,
    coverage,
    documents,
    explanations,
    forums,
    goals,
    handover,
    home,
    indicators,
    inquiries,
    inquiry_parts,
    new_year,
    routines,
    scorecards,
    subscriptions,
    watching,
)

_ACTION = "styrning/atgarder/<int:pk>/"
_GOAL = "styrning/mal/<int:pk>/"
_INDICATOR = "styrning/mal/indikator/<int:pk>/"
_CARD = "styrning/mal/styrkort/<str:committee>/<slug:kind>/<str:code>/"
_COMMISSION = "styrning/uppdrag/<int:pk>/"
_PLAN = "styrning/internkontroll/<int:pk>/"
_ROUTINE = "styrning/rutiner/<int:pk>/"
_DOCUMENT = "styrning/styrdokument/<int:pk>/"
_FORUM = "styrning/forum/<int:pk>/"
_INQUIRY = "styrning/utredningar/<int:pk>/"
_ALTERNATIVE = f"{_INQUIRY}alternativ/<int:part>/"

urlpatterns = [
    path("styrning/", home.steering_home, name="steering_home"),
    path("styrning/overlamning/", handover.handover_list, name="steering_handovers"),
    path("styrning/overlamning/<int:pk>/", handover.handover, name="steering_handover"),
    path("styrning/bevakning/", watching.watch, name="steering_watch"),
    path("styrning/bevakning/paminnelser/", subscriptions.reminders, name="steering_reminders"),
    path("styrning/bevakning/kalender/", subscriptions.subscriptions, name="steering_subscriptions"),
    path(
        "styrning/bevakning/kalender/<int:pk>/aterkalla/",
        subscriptions.calendar_revoke,
        name="steering_calendar_revoke",
    ),
    path("styrning/bevakning/kalender/<str:secret>.ics", subscriptions.calendar, name="steering_calendar"),
    path("styrning/atgarder/", actions.action_list, name="steering_actions"),
    path("styrning/atgarder/ny/", actions.action_new, name="steering_action_new"),
    path(_ACTION, actions.action_detail, name="steering_action"),
    path(f"{_ACTION}andra/", actions.action_edit, name="steering_action_edit"),
    path(f"{_ACTION}dag/", actions.action_due, name="steering_action_due"),
    path(f"{_ACTION}ansvarig/", actions.action_owner, name="steering_action_owner"),
    path(f"{_ACTION}rapportera/", actions.action_report, name="steering_action_report"),
    path(f"{_ACTION}steg/<slug:name>/", actions.action_move, name="steering_action_move"),
    path("styrning/styrdokument/", documents.document_list, name="steering_documents"),
    path("styrning/styrdokument/ny/", documents.document_new, name="steering_document_new"),
    path(_DOCUMENT, documents.document_detail, name="steering_document"),
    path(f"{_DOCUMENT}andra/", documents.document_edit, name="steering_document_edit"),
    path("styrning/forum/", forums.forum_list, name="steering_forums"),
    path("styrning/forum/nytt/", forums.forum_new, name="steering_forum_new"),
    path(_FORUM, forums.forum_detail, name="steering_forum"),
    path(f"{_FORUM}andra/", forums.forum_edit, name="steering_forum_edit"),
    path(f"{_FORUM}mote/", forums.forum_meeting, name="steering_forum_meeting"),
]

urlpatterns += [
    path("styrning/mal/", goals.goal_list, name="steering_goals"),
    path("styrning/mal/nytt/", goals.goal_new, name="steering_goal_new"),
    path(_GOAL, goals.goal_detail, name="steering_goal"),
    path(f"{_GOAL}andra/", goals.goal_edit, name="steering_goal_edit"),
    path("styrning/mal/indikator/ny/", indicators.indicator_new, name="steering_indicator_new"),
    path(_INDICATOR, indicators.indicator_detail, name="steering_indicator"),
    path(f"{_INDICATOR}andra/", indicators.indicator_edit, name="steering_indicator_edit"),
    path(f"{_INDICATOR}malvarde/<int:year>/", indicators.target_edit, name="steering_target"),
    path(f"{_INDICATOR}malvarde/<int:year>/faststall/", indicators.target_settle, name="steering_target_settle"),
    path(f"{_INDICATOR}malvarde/<int:year>/ta-bort/", indicators.target_drop, name="steering_target_drop"),
    path(f"{_INDICATOR}varde/", explanations.value_report, name="steering_value_new"),
    path("styrning/mal/varde/<int:pk>/andra/", explanations.value_change, name="steering_value_change"),
    path("styrning/mal/varde/<int:pk>/attestera/", explanations.value_attest, name="steering_value_attest"),
    path("styrning/mal/forklaringar/", explanations.explanation_list, name="steering_explanations"),
    path(
        f"{_INDICATOR}forklaring/<str:committee>/<int:year>/",
        explanations.explanation_edit,
        name="steering_explanation",
    ),
    path(
        f"{_INDICATOR}forklaring/<str:committee>/<int:year>/<int:month>/",
        explanations.explanation_edit,
        name="steering_explanation_of_part",
    ),
    path("styrning/mal/styrkort/", scorecards.scorecard_list, name="steering_scorecards"),
    path(_CARD, scorecards.scorecard, name="steering_scorecard"),
    path(f"{_CARD}andra/", scorecards.scorecard_edit, name="steering_scorecard_edit"),
    path("styrning/mal/nytt-ar/<str:committee>/<int:year>/", new_year.new_year, name="steering_new_year"),
    path("styrning/uppdrag/", commissions.commission_list, name="steering_commissions"),
    path("styrning/uppdrag/nytt/", commissions.commission_new, name="steering_commission_new"),
    path(_COMMISSION, commissions.commission_detail, name="steering_commission"),
    path(f"{_COMMISSION}andra/", commissions.commission_edit, name="steering_commission_edit"),
    path(f"{_COMMISSION}handelse/", commissions.commission_event, name="steering_commission_event"),
    path(f"{_COMMISSION}atgard/", commissions.commission_action, name="steering_commission_action"),
    path(f"{_COMMISSION}beslut/", commissions.commission_decision, name="steering_commission_decision"),
    path(f"{_COMMISSION}steg/<slug:name>/", commissions.commission_move, name="steering_commission_move"),
]

urlpatterns += [
    path("styrning/utredningar/", inquiries.inquiry_list, name="steering_inquiries"),
    path("styrning/utredningar/ny/", inquiries.inquiry_new, name="steering_inquiry_new"),
    path(_INQUIRY, inquiries.inquiry_detail, name="steering_inquiry"),
    path(f"{_INQUIRY}utredning.pdf", inquiries.inquiry_paper, name="steering_inquiry_paper"),
    path(f"{_INQUIRY}andra/", inquiries.inquiry_edit, name="steering_inquiry_edit"),
    path(f"{_INQUIRY}alternativ/nytt/", inquiry_parts.alternative_write, name="steering_alternative_new"),
    path(_ALTERNATIVE, inquiry_parts.alternative_write, name="steering_alternative"),
    path(f"{_ALTERNATIVE}avfor/", inquiry_parts.alternative_exclude, name="steering_alternative_exclude"),
    path(f"{_ALTERNATIVE}kostnad/ny/", inquiry_parts.cost_write, name="steering_cost_new"),
    path(f"{_ALTERNATIVE}kostnad/<int:cost>/", inquiry_parts.cost_write, name="steering_cost"),
    path(f"{_ALTERNATIVE}kostnad/<int:cost>/ta-bort/", inquiry_parts.cost_remove, name="steering_cost_remove"),
    path(f"{_INQUIRY}kriterium/nytt/", inquiry_parts.criterion_write, name="steering_criterion_new"),
    path(f"{_INQUIRY}kriterium/<int:part>/", inquiry_parts.criterion_write, name="steering_criterion"),
    path(
        f"{_INQUIRY}kriterium/<int:criterion>/alternativ/<int:alternative>/",
        inquiry_parts.score_write,
        name="steering_score",
    ),
]

urlpatterns += [
    path("styrning/internkontroll/", control.plan_list, name="steering_control_plans"),
    path("styrning/internkontroll/ny/", control.plan_new, name="steering_control_plan_new"),
    path(_PLAN, control.plan_detail, name="steering_control_plan"),
    path(f"{_PLAN}plan.pdf", control.plan_paper, name="steering_control_plan_paper"),
    path(f"{_PLAN}steg/<slug:name>/", control.plan_move, name="steering_control_plan_move"),
    path(f"{_PLAN}risk/ny/", control.risk_new, name="steering_risk_new"),
    path(f"{_PLAN}risk/<int:part>/", control.risk_edit, name="steering_risk"),
    path(f"{_PLAN}risk/<int:part>/kontroll/", control.control_new, name="steering_control_new"),
    path(f"{_PLAN}kontroll/<int:part>/", control.control_edit, name="steering_control"),
    path(f"{_PLAN}kontroll/<int:part>/resultat/", control_results.result_new, name="steering_control_result_new"),
    path(f"{_PLAN}matt/<slug:occasion>/", control_results.measured_report, name="steering_control_measured"),
    path(f"{_PLAN}resultat/<int:part>/", control_results.result_edit, name="steering_control_result"),
    path(f"{_PLAN}resultat/<int:part>/atgard/", control_results.result_action, name="steering_control_action"),
]

urlpatterns += [
    path("styrning/rutiner/", routines.routine_list, name="steering_routines"),
    path("styrning/rutiner/ny/", routines.routine_write, name="steering_routine_new"),
    path(_ROUTINE, routines.routine_detail, name="steering_routine"),
    path(f"{_ROUTINE}andra/", routines.routine_write, name="steering_routine_edit"),
    path(f"{_ROUTINE}ansvarig/", routines.party_new, name="steering_routine_party"),
    path(f"{_ROUTINE}ansvarig/<int:part>/ta-bort/", routines.party_drop, name="steering_routine_party_drop"),
    path(f"{_ROUTINE}kontroll/", routines.routine_control, name="steering_routine_control"),
    path(
        "styrning/internkontroll/kriterium/<str:committee>/",
        routines.criterion_control,
        name="steering_criterion_control",
    ),
    path("styrning/tackning/", coverage.coverage_page, name="steering_coverage"),
    path("styrning/tackning/<int:year>/", coverage.coverage_page, name="steering_coverage_of"),
    path(
        "styrning/tackning/<str:committee>/<int:year>/<slug:aspect>/",
        coverage.coverage_write,
        name="steering_coverage_entry",
    ),
]
