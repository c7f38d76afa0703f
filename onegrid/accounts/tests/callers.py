"""Programs that call the API with somebody's key."""

from datetime import timedelta

from django.test import Client
from django.utils.timezone import now

from onegrid.accounts.actions.create_api_key import create_api_key
from onegrid.accounts.rules import Scope


class Program(Client):
    """A program with a key: it speaks JSON, and English unless told otherwise."""

    def __init__(self, user, *scopes, language="en"):
        at = now()
        chosen = list(scopes or Scope.values)
        _, text = create_api_key(name="test", scopes=chosen, expires_at=at + timedelta(days=1), by=user, at=at)
        super().__init__(headers={"Authorization": f"Bearer {text}", "Accept-Language": language})

    def send(self, path, body, *, method="post", **headers):
        return getattr(self, method)(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    def show(self, path, **query):
        return self.get(f"/api/v1/{path}", query)
