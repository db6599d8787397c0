from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "coproduce.reports"

    def ready(self) -> None:
        """Tell gatherings which reports stand inside them."""
        from coproduce.gatherings import inside
        from coproduce.reports import in_gatherings

        inside.leave_way(in_gatherings.ROOM, in_gatherings.things_in)
