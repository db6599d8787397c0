"""How templates of a conversation write some things."""
