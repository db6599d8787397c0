from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "coproduce.measures"

    def ready(self) -> None:
        """Tell each room below what it has to know of ours."""
        from coproduce.measures import about_me, in_projects, onlookers, to_be_found
        from coproduce.people import everything
        from coproduce.projects import inside
        from coproduce.search.rebuilding import leave_room
        from coproduce.trust import looking

        everything.leave_keeper("measures", about_me.KEEPER)
        inside.leave_way(in_projects.ROOM, in_projects.sections_of)
        leave_room("measures", to_be_found.ROOM)
        looking.leave_rule(onlookers.KIND, onlookers.page_of)
        looking.leave_rule(onlookers.EVIDENCE, onlookers.page_of_evidence)
