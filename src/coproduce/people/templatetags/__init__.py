"""How templates about people write some things."""
