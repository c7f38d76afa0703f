"""The addresses of the portal: reporting, and following what was reported."""

from onegrid.portal.web import my_urls, promise_urls, report_urls

app_name = "portal"
urlpatterns = [*report_urls.urlpatterns, *promise_urls.urlpatterns, *my_urls.urlpatterns]
