"""Addresses of logging in, people and the log of looks at cases."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from committees.views import account, people

urlpatterns = [
    path("logga-in/", account.LogIn.as_view(), name="login"),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("konto/", account.account, name="account"),
    path("konto/losenord/", account.ChangePassword.as_view(), name="account_password"),
    path("personer/", people.people_list, name="people_list"),
    path("personer/ny/", people.people_add, name="people_add"),
    path("personer/<int:pk>/roll/", people.people_role, name="people_role"),
    path("personer/roller/<int:pk>/avsluta/", people.people_end_role, name="people_end_role"),
    path("laslogg/", people.access_log, name="access_log"),
]
