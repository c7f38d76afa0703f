from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "onegrid.oversight"
