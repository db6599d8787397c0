"""The workshop: what `make` calls to equip a machine, try everything, and say how it went."""
