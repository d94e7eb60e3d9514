"""Logging in, one's own roles and password."""

from __future__ import annotations

from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy

from committees.forms import LogInForm


class LogIn(auth_views.LoginView):
    """Log in; who is logged in already is sent on."""

    template_name = "committees/log_in.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True


class ChangePassword(SuccessMessageMixin[PasswordChangeForm], auth_views.PasswordChangeView):
    """Change one's own password."""

    template_name = "committees/change_password.html"
    success_url = reverse_lazy("account")
    success_message = "Lösenordet är bytt."


def account(request: HttpRequest) -> HttpResponse:
    """Show the roles one has and what each of them may."""
    return render(request, "committees/account.html")
