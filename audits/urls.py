"""Addresses of audits."""

from django.urls import path

from audits import evidence_urls
from audits.views import audits, fact_check, findings, frameworks, moves, papers, recommendations, requests, set_up

_AUDIT = "granskningar/<int:pk>/"
_ANSWER = "granskningar/rekommendationer/<int:pk>/"

urlpatterns = [
    *evidence_urls.urlpatterns,
    path("granskningar/", audits.audit_list, name="audit_list"),
    path("granskningar/ny/", audits.audit_new, name="audit_new"),
    path("granskningar/ramverk/", frameworks.audit_frameworks, name="audit_frameworks"),
    path("granskningar/ramverk/medfoljande/", frameworks.audit_frameworks_deliver, name="audit_frameworks_deliver"),
    path("granskningar/ramverk/nytt/", frameworks.audit_framework_new, name="audit_framework_new"),
    path("granskningar/ramverk/<slug:code>/", frameworks.audit_framework, name="audit_framework"),
    path("granskningar/ramverk/<slug:code>/<int:number>/", frameworks.audit_framework, name="audit_framework_version"),
    path("granskningar/ramverk/<slug:code>/andra/", frameworks.audit_framework_edit, name="audit_framework_edit"),
    path("granskningar/underlag/<int:pk>/", requests.audit_request, name="audit_request"),
    path("granskningar/underlag/<int:pk>/andra/", requests.audit_request_edit, name="audit_request_edit"),
    path("granskningar/underlag/<int:pk>/lamna/", requests.audit_request_deliver, name="audit_request_deliver"),
    path("granskningar/underlag/<int:pk>/steg/<str:name>/", requests.audit_request_move, name="audit_request_move"),
    path("granskningar/underlag/<int:pk>/fil/<int:delivery>/", requests.audit_request_file, name="audit_request_file"),
    path("granskningar/rekommendationer/", recommendations.audit_recommendations, name="audit_recommendations"),
    path("granskningar/rekommendationer.pdf", papers.audit_register_paper, name="audit_register_paper"),
    path(f"{_AUDIT}rapport.pdf", papers.audit_paper, name="audit_paper"),
    path(f"{_AUDIT}svar/<int:body>.pdf", papers.audit_answer_paper, name="audit_answer_paper"),
    path(_ANSWER, recommendations.audit_recommendation, name="audit_recommendation"),
    path(f"{_ANSWER}svar/", recommendations.audit_response, name="audit_response"),
    path(f"{_ANSWER}svar/<str:name>/", recommendations.audit_response_move, name="audit_response_move"),
    path(f"{_ANSWER}status/", recommendations.audit_response_status, name="audit_response_status"),
    path(f"{_ANSWER}atgard/ny/", recommendations.audit_response_promise, name="audit_response_promise"),
    path(f"{_ANSWER}atgard/valj/", recommendations.audit_response_tie, name="audit_response_tie"),
    path(f"{_ANSWER}atgard/<int:action>/ta-bort/", recommendations.audit_response_untie, name="audit_response_untie"),
    path(f"{_ANSWER}verifiera/", recommendations.audit_verify, name="audit_verify"),
    path(_AUDIT, audits.audit_page, name="audit_page"),
    path(f"{_AUDIT}andra/", audits.audit_edit, name="audit_edit"),
    path(f"{_AUDIT}missiv/", audits.audit_cover_letter, name="audit_cover_letter"),
    path(f"{_AUDIT}synpunkter/senast/", audits.audit_fact_check_due, name="audit_fact_check_due"),
    path(f"{_AUDIT}andringar/", audits.audit_history, name="audit_history"),
    path(f"{_AUDIT}steg/<str:name>/", moves.audit_move, name="audit_move"),
    path(f"{_AUDIT}organ/nytt/", set_up.audit_body_add, name="audit_body_add"),
    path(f"{_AUDIT}organ/<int:body>/ta-bort/", set_up.audit_body_remove, name="audit_body_remove"),
    path(f"{_AUDIT}organ/<int:body>/svar/", set_up.audit_response_due, name="audit_response_due"),
    path(f"{_AUDIT}personer/ny/", set_up.audit_engage, name="audit_engage"),
    path(f"{_AUDIT}personer/<int:engagement>/avsluta/", set_up.audit_engagement_end, name="audit_engagement_end"),
    path(f"{_AUDIT}kallor/ny/", set_up.audit_source_add, name="audit_source_add"),
    path(f"{_AUDIT}kallor/<int:source>/ta-bort/", set_up.audit_source_remove, name="audit_source_remove"),
    path(f"{_AUDIT}underlag/nytt/", requests.audit_request_add, name="audit_request_add"),
    path(f"{_AUDIT}fragor/<str:number>/", findings.audit_question, name="audit_question"),
    path(f"{_AUDIT}fragor/<str:number>/svara/", findings.audit_assess, name="audit_assess"),
    path(f"{_AUDIT}fragor/<str:number>/svara/<int:body>/", findings.audit_assess, name="audit_assess_body"),
    path(f"{_AUDIT}iakttagelser/ny/", findings.audit_observation_add, name="audit_observation_add"),
    path(f"{_AUDIT}iakttagelser/<int:observation>/", findings.audit_observation, name="audit_observation"),
    path(
        f"{_AUDIT}iakttagelser/<int:observation>/stryk/",
        findings.audit_observation_strike,
        name="audit_observation_strike",
    ),
    path(f"{_AUDIT}rekommendationer/ny/", findings.audit_recommendation_add, name="audit_recommendation_add"),
    path(
        f"{_AUDIT}rekommendationer/<int:recommendation>/andra/",
        findings.audit_recommendation_edit,
        name="audit_recommendation_edit",
    ),
    path(
        f"{_AUDIT}rekommendationer/<int:recommendation>/stryk/",
        findings.audit_recommendation_strike,
        name="audit_recommendation_strike",
    ),
    path(f"{_AUDIT}synpunkter/", fact_check.audit_comments, name="audit_comments"),
    path(f"{_AUDIT}synpunkter/ny/", fact_check.audit_comment_add, name="audit_comment_add"),
    path(f"{_AUDIT}synpunkter/<int:comment_pk>/besvara/", fact_check.audit_comment_answer, name="audit_comment_answer"),
]
