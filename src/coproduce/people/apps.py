from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "coproduce.people"

    def ready(self) -> None:
        """Answer for what this room holds about people; tell search what is to be found."""
        from coproduce.people import about_me, everything, to_be_found
        from coproduce.search.rebuilding import leave_room

        everything.leave_keeper("people", about_me.KEEPER)
        leave_room("people", to_be_found.ROOM)
