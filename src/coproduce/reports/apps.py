from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "coproduce.reports"

    def ready(self) -> None:
        """Tell each room below what it has to know of ours."""
        from coproduce.gatherings import inside
        from coproduce.people import everything
        from coproduce.reports import about_me, in_gatherings, onlookers, to_be_found
        from coproduce.search.rebuilding import leave_room
        from coproduce.trust import looking

        everything.leave_keeper("reports", about_me.KEEPER)
        inside.leave_way(in_gatherings.ROOM, in_gatherings.things_in)
        leave_room("reports", to_be_found.ROOM)
        looking.leave_rule(onlookers.KIND, onlookers.page_of)
