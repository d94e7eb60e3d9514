"""Addresses of the overview."""

from django.urls import path

from governance.views import overview

urlpatterns = [
    path("", overview.home, name="home"),
    path("<committees:committees>/<int:year>/", overview.overview, name="overview"),
]
