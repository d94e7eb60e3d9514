"""Addresses of what is held about people: register extracts."""

from django.urls import path

from cases.views import extracts

urlpatterns = [
    path("registerutdrag/", extracts.extract, name="extract"),
]
