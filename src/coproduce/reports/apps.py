from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "coproduce.reports"

    def ready(self) -> None:
        """Tell gatherings which reports stand inside them; answer for what we hold about people."""
        from coproduce.gatherings import inside
        from coproduce.people import everything
        from coproduce.reports import about_me, in_gatherings

        everything.leave_keeper("reports", about_me.KEEPER)

        inside.leave_way(in_gatherings.ROOM, in_gatherings.things_in)
