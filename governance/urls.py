"""Addresses of steering, subject by subject."""

from django.urls import path

from governance.views import actions, documents, forums, home

_ACTION = "styrning/atgarder/<int:pk>/"
_DOCUMENT = "styrning/styrdokument/<int:pk>/"
_FORUM = "styrning/forum/<int:pk>/"

urlpatterns = [
    path("styrning/", home.steering_home, name="steering_home"),
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
