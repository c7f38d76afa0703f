from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "onegrid.demonstration"
