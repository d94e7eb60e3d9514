"""Addresses of steering; each subject has its own list beside its views."""

from django.urls import path

from governance.views import home

urlpatterns = [
    path("styrning/", home.steering_home, name="steering_home"),
]
