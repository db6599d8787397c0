from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "coproduce.people"

    def ready(self) -> None:
        """Answer for what this room holds about people."""
        from coproduce.people import about_me, everything

        everything.leave_keeper("people", about_me.KEEPER)
