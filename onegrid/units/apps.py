from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "onegrid.units"
