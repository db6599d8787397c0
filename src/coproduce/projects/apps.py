from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "coproduce.projects"

    def ready(self) -> None:
        """Tell each room below what it has to know of ours."""
        from coproduce.people import everything
        from coproduce.projects import about_me, to_be_found
        from coproduce.search.rebuilding import leave_room

        everything.leave_keeper("projects", about_me.KEEPER)
        leave_room("projects", to_be_found.ROOM)
