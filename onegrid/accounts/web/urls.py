"""Signing in, one's own account, the language of the site. What needs mail (sign-up, reset) is not there."""

from allauth.account import views as account
from django.urls import include, path

from onegrid.accounts.web import views

urlpatterns = [
    path("account/", views.my_account, name="my_account"),
    path("account/keys/", views.create_key, name="create_api_key"),
    path("account/keys/<uuid:key_id>/revoke/", views.revoke_key, name="revoke_api_key"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("language/", views.language, name="language"),
]
