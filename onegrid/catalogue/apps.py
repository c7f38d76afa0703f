from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "onegrid.catalogue"
